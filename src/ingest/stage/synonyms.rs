//! What columns are called, in English, German, French and Spanish, and, for what an order needs,
//! Italian, Dutch, Polish, Portuguese, Swedish, Danish and Norwegian, by role, the best name first.

use super::super::cells::is_code;
use super::super::role::{Kind, Role};
use super::super::systems::recognise;
use super::super::words::{TAX_RATES, listed, names, normalise, tokens};

/// Names of each role, normalised and divided by bars: one text each, because a list of a thousand
/// texts takes more room than the texts.
const SYNONYMS: &[(Role, &str)] = &[
    (
        Role::Account,
        "customer name|account name|kundenname|nom du client|nom client|nombre del cliente|\
         nombre cliente|ragione sociale|nome cliente|klantnaam|naam debiteur|kundnamn|\
         kundenavn|nome do cliente|nazwa klienta|cust name|client name|party name|customer|\
         account|client|company name|company|buyer|contactname|contact name|billing company|\
         associated company|sold to party|sold to|sold to name|sell to customer name|\
         sell to customer no|customer no|customer number|customer id|customer code|\
         account no|account number|account id|kunnr|name entity|entity|organization|\
         organisation|customer account|customer description|cust|end customer|\
         distributor customer|kunde|kundennummer|kundennr|kunden nr|auftraggeber|debitor|\
         firma|besteller|raison sociale|societe|acheteur|donneur d ordre|code client|\
         n client|cliente|empresa|comprador|razon social|codigo cliente|business name|\
         buyer company name|buyer name|debtor|debtor name|purchaser|user name|user|full name|\
         name|invoice partner display name|codice cliente|intestatario|klant|klantnummer|\
         debiteur|afnemer|klient|nabywca|kontrahent|razao social|codigo do cliente|kund|\
         kundnr|kundnummer|kundenummer",
    ),
    (
        Role::Email,
        "email|e mail|customer email|email address|emailaddress|billing email|contact email|\
         mail|courriel|adresse e mail|adresse email|correo|correo electronico|e mail adresse",
    ),
    (
        Role::Parent,
        "parent account|parent|parent company|bill to|bill to customer|bill to name|payer|\
         group|customer parent|ultimate parent|konzern|muttergesellschaft|rechnungsempfanger|\
         regulierer|groupe|maison mere|societe mere|matriz|grupo|empresa matriz",
    ),
    (
        Role::Site,
        "site|ship to|ship to name|ship to party|plant|delivery site|location|werk|standort|\
         warenempfanger|lieferort|usine|lieu de livraison|destinataire|planta|sede|\
         destinatario",
    ),
    (
        Role::Order,
        "order number|order no|order id|order|order nr|document number|document no|\
         sales order|sales order number|sales order no|so number|so no|so|invoice number|\
         invoice no|invoice id|invoice|invoicenumber|tranid|sales document|vbeln|num|\
         transaction id|transaction number|order ref|order reference|reference number|\
         orderid|po number|purchase order|bestellnummer|bestellung|bestell nr|auftrag|\
         auftragsnummer|auftragsnr|auftrag nr|auftrags nr|verkaufsbeleg|belegnummer|beleg|\
         beleg nr|rechnungsnummer|rechnung|rechnungs nr|rechnung nr|n commande|no commande|\
         numero de commande|num commande|numero commande|commande|n facture|\
         numero de facture|facture|pedido|n pedido|no pedido|numero de pedido|num pedido|\
         orden|numero de orden|factura|numero de factura|n factura|doc no|doc nr|docnum|\
         doc num|inv no|order nbr|order num|so nbr|trans|trans no|txn id|sale id|n piece|\
         auftragsreferenz|rg nr|re nr|vorgangsnummer|commande ref|ref commande|voucher no|bill no|\
         receipt no|sop number|salesorderid|venta id|id venta|id venda|folio|document|transaction|number|nummer|numero|id|ordine|\
         n ordine|numero ordine|fattura|n fattura|numero fattura|numero documento|documento|\
         bestelnummer|verkooporder|factuur|factuurnummer|zamowienie|nr zamowienia|\
         numer zamowienia|faktura|nr faktury|numer faktury|nr dokumentu|numer|\
         numero do pedido|encomenda|n encomenda|numero da encomenda|fatura|n fatura|\
         numero da fatura|nota fiscal|ordernr|ordernummer|bestallning|bestallningsnummer|\
         fakturanr|fakturanummer|ordre|ordrenr|ordrenummer|salgsordre|ordre nr|bilagsnr|\
         bilagsnummer",
    ),
    (
        Role::Line,
        "line number|line no|line|order line|line id|line item|posnr|item number line|\
         position|pos|positionsnummer|ligne|n ligne|numero de ligne|linea|n linea|\
         numero de linea",
    ),
    (
        Role::Date,
        "order date|date|created at|transaction date|invoice date|invoicedate|orderdate|\
         posting date|document date|booking date|date ordered|ordered on|ordered at|\
         sales date|sale date|date of order|audat|erdat|trandate|close date|paid at|\
         created utc|created|created on|day|order day|purchase date|date created|\
         bestelldatum|auftragsdatum|belegdatum|rechnungsdatum|buchungsdatum|datum|\
         erstellt am|bestellt am|date de commande|date commande|date de facture|date facture|\
         fecha|fecha de pedido|fecha pedido|fecha del pedido|fecha de factura|fecha factura|\
         fecha de orden|data|data ordine|data fattura|data documento|orderdatum|besteldatum|\
         factuurdatum|data zamowienia|data faktury|data wystawienia|data sprzedazy|\
         data do pedido|data pedido|data da fatura|data da encomenda|data de emissao|\
         data emissao|data da venda|data venda|erstelldatum|fakturadatum|bokforingsdatum|ordredato|fakturadato|dato|\
         bilagsdato|bogforingsdato|salgsdato",
    ),
    (
        Role::Item,
        "item|sku|ref article|item number|item no|part number|part no|part|product|\
         product name|item name|item code|product code|product id|material number|matnr|\
         product service|lineitem sku|inventoryitemcode|article|stock code|stockcode|part id|\
         description|item description|product description|line description|artikel|\
         artikelnummer|artikelnr|artikel nr|artikelbezeichnung|bezeichnung|teilenummer|teil|\
         produkt|materialnummer|reference|ref|reference article|code article|designation|\
         produit|libelle|articulo|producto|codigo articulo|codigo de articulo|referencia|\
         pieza|descripcion|articolo|codice articolo|prodotto|descrizione|omschrijving|\
         artikelomschrijving|towar|artykul|kod towaru|nazwa towaru|kod produktu|\
         nazwa produktu|artigo|produto|codigo do produto|descricao|benamning|artikelnamn|\
         beskrivning|vare|varenr|varenummer|varenavn|varetekst|beskrivelse",
    ),
    (
        Role::Quantity,
        "quantity|qty|qty ordered|quantity ordered|order quantity|order qty|ordered qty|\
         pieces|pcs|units|units sold|lineitem quantity|kwmeng|qty shipped|quantity shipped|\
         count|menge|anzahl|stuck|stuckzahl|auftragsmenge|bestellmenge|quantite|qte|\
         qte commandee|quantite commandee|nombre|cantidad|cant|unidades|uds|piezas|quantita|\
         qta|pezzi|aantal|hoeveelheid|ilosc|liczba|sztuk|szt|quantidade|qtd|qtde|antal|\
         kvantitet|antall|stk|maengde|kvantum",
    ),
    (
        Role::Price,
        "unit price|price|net price|rate|unitamount|sales price|selling price|price each|\
         price per unit|price per piece|unit net price|lineitem price|netpr|each|item price|\
         invoice price|sale price|unit selling price|preis|einzelpreis|stuckpreis|nettopreis|\
         verkaufspreis|preis pro stuck|vk preis|prix unitaire|prix|prix unitaire ht|prix ht|\
         pu ht|pu|prix de vente|precio|precio unitario|precio neto|precio de venta|\
         p unitario|prezzo|prezzo unitario|prezzo netto|prijs|stukprijs|stuksprijs|\
         eenheidsprijs|verkoopprijs|cena|cena jednostkowa|cena netto|preco|preco unitario|\
         valor unitario|preco de venda|pris|a pris|styckpris|enhetspris|enhedspris|stykpris|\
         stykkpris|salgspris|pris pr stk",
    ),
    (
        Role::ListPrice,
        "list price|msrp|catalog price|catalogue price|standard price|gross price|\
         compare at price|lineitem compare at price|listenpreis|bruttopreis|katalogpreis|\
         prix catalogue|prix tarif|prix public|precio de lista|precio lista|precio catalogo|\
         tarifa",
    ),
    (
        Role::Revenue,
        "net revenue|net amount|net sales|valor venda|valor da venda|line net|net value|amount net|amountnet|netwr|\
         net total|item net|net line amount|total net|net|nett|net amt|net extension|netto|\
         nettoumsatz|netto umsatz|nettowert|nettobetrag|betrag netto|summe netto|\
         netto betrag|betrag ohne mwst|montant ht|total ht|ca ht|montant net|prix total ht|\
         montant hors taxe|montant hors taxes|importe neto|valor neto|base imponible|\
         monto neto|total neto|total sin iva|neto|tax excluded|untaxed amount|\
         amount excl tax|amount excl vat|amount excluding vat|total excl tax|total excl vat|\
         ex vat|ex tax|excl vat|excl tax|amount w o vat|amount without tax|\
         amount without vat|amount ex vat|amount ex tax|pre tax amount|taxable value|\
         taxable amount|taxable sales|assessable value|basic value|basic amount|goods value|\
         goods net|goods total|net goods|goods|importo netto|totale netto|imponibile|\
         totale imponibile|totale senza iva|valore netto|base iva|nettobedrag|netto bedrag|\
         bedrag excl btw|totaal excl btw|bedrag ex btw|kwota netto|wartosc netto|\
         sprzedaz netto|suma netto|wartosc bez vat|valor liquido|total liquido|valor sem iva|\
         valor s iva|nettobelopp|belopp exkl moms|summa exkl moms|nettobelob|\
         belob ekskl moms|belob eks moms|belob ex moms|belob uden moms|i alt ekskl moms|\
         nettobelop|belop eks mva|sum eks mva|revenue|line amount|lineamount|line total|\
         item total|item amount|extended price|extended amount|ext price|ext amount|amount|\
         sales|sales amount|order amount|order value|invoice amount|subtotal|subtotal price|\
         item subtotal|merchandise total|line value|total revenue|total sales|turnover|value|\
         deal amount|total price|umsatz|betrag|erlos|warenwert|auftragswert|positionswert|\
         gesamtpreis|montant|chiffre d affaires|ca|importe|ventas|ingresos|monto|facturacion|\
         importo|totale riga|fatturato|ricavi|bedrag|omzet|regelbedrag|subtotaal|kwota|\
         wartosc|przychod|obrot|valor|montante|receita|faturamento|vendas|belopp|radbelopp|\
         omsattning|forsaljning|summa|belob|linjebelob|omsaetning|belop|linjebelop|omsetning|\
         ext amt|extended amt|extension amt|extensionamt|line amt|sales $|zeilensumme|\
         zeilenbetrag|zeilenwert|positionsbetrag|positionssumme|pos wert|endbetrag|\
         total ligne|montant ligne|total linea|regeltotaal|radsumma|linjetotal|\
         order lines subtotal|order lines total",
    ),
    (
        Role::Total,
        "amount including vat|amount incl vat|total incl tax|gross amount|total|grand total|\
         order total|invoice total|total amount|amount incl tax|total incl vat|amount due|\
         bruttobetrag|brutto|gesamtbetrag|gesamt|betrag brutto|rechnungsbetrag|montant ttc|\
         total ttc|importe total|total con iva|total iva incluido|importe bruto|gross|totale|\
         totale documento|totale fattura|importo totale|totale ivato|importo lordo|totaal|\
         totaalbedrag|bedrag incl btw|totaal incl btw|razem|kwota brutto|wartosc brutto|\
         suma brutto|valor total|valor bruto|total com iva|totalt|totalbelopp|\
         belopp inkl moms|summa inkl moms|i alt|ialt|belob inkl moms|bruttobelob|\
         i alt inkl moms|belop inkl mva|bruttobelop|sum inkl mva",
    ),
    (
        Role::Tax,
        "tax|taxes|vat|tax amount|taxamount|vat amount|sales tax|gst|order tax|total tax|\
         tax total|total taxes|total vat|vat total|mwst|ust|gesamtsteuer|steuer|umsatzsteuer|\
         steuerbetrag|mehrwertsteuer|tva|montant tva|taxe|iva|impuesto|impuestos|importe iva|\
         imposta|importo iva|btw|btw bedrag|podatek|kwota vat|podatek vat|imposto|impostos|\
         moms|momsbelopp|momsbelob|mva|mva belop|merverdiavgift|igst|cgst|sgst",
    ),
    (
        Role::Discount,
        "discount amount|discount|line discount|lineitem discount|line discount amount|\
         discount total|total discount|total discounts|discounts|rebate on invoice|rabatt|\
         rabattbetrag|nachlass|skonto|remise|montant remise|rabais|descuento|\
         importe descuento|dto|sconto|importo sconto|korting|kortingsbedrag|rabat|upust|\
         kwota rabatu|desconto|valor do desconto|rabattbelopp|rabatbelob|rabattbelop",
    ),
    (
        Role::DiscountPercent,
        "discount %|line discount %|discount percent|discount pct|disc %|discount rate|\
         rabatt %|rabatt prozent|rabattsatz|nachlass %|% rabatt|remise %|taux de remise|\
         % remise|descuento %|% descuento|dto %|\
         sconto %|% sconto|korting %|kortingspercentage|rabat %|desconto %|% desconto",
    ),
    (
        Role::Rebates,
        "rebates|rebate|bonus|off invoice rebate|year end bonus|ruckvergutung|umsatzbonus|\
         boni|ristourne|remise arriere|rfa|rappel|bonificacion|bonificaciones",
    ),
    (
        Role::Freight,
        "freight|freight cost|freight out|outbound freight|shipping cost|shipping|\
         delivery cost|total shipping|shipping total|shipping amount|fracht|frachtkosten|\
         versandkosten|versand|transportkosten|port|livraison|frais de livraison|\
         spese di spedizione|spedizione|verzendkosten|verzending|frete|koszt wysylki|\
         fraktkostnad|frais de port|frais de transport|transport|flete|portes|\
         gastos de envio|envio|coste de transporte|fragt|frakt|carriage|carriage charge|\
         postage",
    ),
    (
        Role::Cost,
        "cogs|cost of goods sold|cost of goods|total cost|cost|line cost|extended cost|\
         cost amount|est extended cost|costestimate|cost estimate|wavwr|cost of sales|\
         standard cost total|costs|manufacturing cost|production cost|job cost|landed cost|\
         actual cost|herstellkosten|selbstkosten|wareneinsatz|kosten|einstand|cout|\
         cout total|cout des ventes|cout de revient|couts|coste|costo|coste total|\
         costo total|einstandspreis gesamt|wareneinsatz gesamt|selbstkosten gesamt|herstellkosten gesamt|\
         coste de ventas|costo de ventas|costo del venduto|koszt|koszt wlasny|\
         custo|custo total|custo das vendas|kostnad|varukostnad|einstandswert|wareneinstand|\
         ek wert|ek gesamt|total cogs|vareforbrug|varekost|kostbelob",
    ),
    (
        Role::UnitCost,
        "unit cost|total unit cost|unit cost lcy|cost per unit|cost each|standard cost|std cost|cost price|\
         average cost|cost per piece|stuckkosten|einstandspreis|ek preis|kosten pro stuck|\
         einkaufspreis|cout unitaire|prix de revient|prix d achat|coste unitario|\
         costo unitario|precio de coste|prezzo di acquisto|kostprijs|inkoopprijs|\
         koszt jednostkowy|cena zakupu|custo unitario|preco de custo|preco de compra|\
         inkopspris|sjalvkostnad|styckkostnad|ek|ek netto|ek preis netto|purchase price|\
         buy price|buying price|unit cogs|selbstkostenpreis|kostpris|indkobspris|innkjopspris",
    ),
    (
        Role::GrossProfit,
        "gross profit|gross margin|margin|est gross profit|gp|profit|gross profit amount|\
         margin amount|rohertrag|deckungsbeitrag|db|marge|bruttomarge|marge brute|margen|\
         margen bruto|beneficio bruto|daekningsbidrag|dekningsbidrag|bruttofortjeneste",
    ),
    (
        Role::Tooling,
        "tooling|tooling cost|tool cost|dies|die cost|mold cost|mould cost|werkzeugkosten|\
         werkzeug|outillage|cout outillage|utillaje|herramental|utillajes",
    ),
    (
        Role::Refunded,
        "refunded amount|refund|refunded|amount refunded|refund amount|credited|\
         returns amount|erstattet|erstattung|ruckerstattung|rembourse|montant rembourse|\
         reembolsado|importe reembolsado",
    ),
    (
        Role::Currency,
        "currency|currency code|waerk|currency iso code|document currency|curr|ccy|wahrung|\
         belegwahrung|devise|monnaie|moneda|divisa|\
         valuta|waluta|moeda",
    ),
    (
        Role::Segment,
        "segment|industry|customer group|market|market segment|sector|vertical|sic|sic code|\
         naics|customer segment|industry segment|end market|customer class|class|branche|\
         kundengruppe|wz|marktsegment|industrie|kundensegment|secteur|secteur d activite|\
         marche|sector industrial|mercado|segmento|industria|grupo de clientes|kundegruppe",
    ),
    (
        Role::Salesperson,
        "salesperson|sales rep|sales person|salesperson code|rep|sales representative|\
         account manager|owner|account owner|opportunity owner|deal owner|employee|seller|\
         sales owner|rep name|salesman|vertreter|verkaufer|vertrieb|vertriebsmitarbeiter|\
         aussendienst|betreuer|kundenbetreuer|commercial|vendeur|representant|\
         charge d affaires|vendedor|comercial|representante|agente comercial|agente|\
         venditore|commerciale|verkoper|vertegenwoordiger|handlowiec|sprzedawca|\
         przedstawiciel|saljare|kundansvarig|saelger|selger",
    ),
    (
        Role::Partner,
        "partner|partner name|reseller|distributor|channel partner|referred by|\
         partner account|dealer|agent|channel|lead source|source|handler|haendler|\
         handelsvertreter|vertriebspartner|handler partner|distributeur|revendeur|partenaire|\
         distribuidor|revendedor|socio",
    ),
    (
        Role::Stream,
        "stream|revenue stream|business type|order type|product line|product family|\
         product group|category|revenue type|line of business|product category|geschaftsart|\
         warengruppe|produktgruppe|produktlinie|sparte|gamme|famille|famille produit|\
         ligne de produits|familia|linea de producto|tipo de negocio|categoria",
    ),
    (
        Role::Status,
        "status|order status|financial status|state|stage|deal stage|document type|\
         transaction type|type|doc type|auart|invoice status|order state|payment status|\
         belegart|auftragsstatus|auftragsart|zustand|typ|statut|etat|type de document|estado|\
         tipo|tipo de documento|situacion|stato|tipo documento|typ dokumentu|situacao|\
         orderstatus|documenttype|soort|ordrestatus",
    ),
    (
        Role::Process,
        "process|operation|production process|manufacturing process|technology|verfahren|\
         prozess|fertigungsverfahren|procede|operation de production|proceso|procesos",
    ),
    (
        Role::Machine,
        "machine|work center|work centre|machine group|workcenter|press|maschine|\
         arbeitsplatz|anlage|poste de charge|poste de travail|maquina|centro de trabajo",
    ),
    (
        Role::Material,
        "material|alloy|material type|raw material|grade|steel grade|werkstoff|legierung|\
         materialart|matiere|alliage|matiere premiere|aleacion|material tipo|materia prima",
    ),
    (
        Role::Delivered,
        "delivery date|delivered on|delivered at|date delivered|delivered|\
         actual delivery date|actual delivery|ship date|shipped date|shipping date|\
         date shipped|shipped on|shipped at|fulfilled at|fulfillment date|goods issue date|\
         lieferdatum|geliefert am|ausgeliefert am|liefertag|warenausgangsdatum|versanddatum|\
         versendet am|date de livraison|date livraison|livre le|date d expedition|\
         date expedition|expedie le|fecha de entrega|fecha entrega|entregado el|\
         fecha de envio|fecha envio",
    ),
    (
        Role::Paid,
        "payment date|paid on|date paid|paid date|payment received|payment received on|\
         date of payment|settlement date|cash date|zahlungsdatum|bezahlt am|gezahlt am|\
         zahlungseingang|zahldatum|date de paiement|date paiement|paye le|date de reglement|\
         date reglement|regle le|fecha de pago|fecha pago|pagado el|fecha de cobro|\
         fecha cobro|cobrado el",
    ),
    (
        Role::PayDays,
        "payment terms|payment term|terms of payment|payment days|net days|terms|days to pay|\
         credit days|credit terms|payment terms days|zahlungsziel|zahlungsziel tage|\
         zahlungsbedingung|zahlungsbedingungen|zahlungsfrist|conditions de paiement|\
         condition de paiement|delai de paiement|delai de reglement|condiciones de pago|\
         condicion de pago|plazo de pago|dias de pago|dias de credito",
    ),
    (
        Role::TermMonths,
        "contract term|term months|contract months|contract term months|contract length|\
         contract duration|term|subscription term|term in months|vertragslaufzeit|laufzeit|\
         laufzeit monate|laufzeit in monaten|vertragsdauer|duree du contrat|duree contrat|\
         duree mois|duree en mois|duree d engagement|duracion del contrato|duracion contrato|\
         plazo del contrato|duracion meses|meses de contrato",
    ),
    (
        Role::OrderCount,
        "orders|order count|number of orders|no of orders|orders count|total orders|\
         num orders|transactions|anzahl auftrage|auftrage|anzahl bestellungen|bestellungen|\
         nombre de commandes|nb commandes|commandes|numero de pedidos|pedidos|n pedidos",
    ),
    (
        Role::FirstDate,
        "first order|first order date|first purchase|first purchase date|customer since|\
         first|first sale|first date|erste bestellung|erster auftrag|erstauftrag|kunde seit|\
         premiere commande|date premiere commande|primer pedido|fecha primer pedido|\
         primera compra|cliente desde",
    ),
    (
        Role::LastDate,
        "last order|last order date|last purchase|last purchase date|most recent order|\
         latest order|last|last sale|last date|letzte bestellung|letzter auftrag|\
         letztauftrag|derniere commande|date derniere commande|ultimo pedido|\
         fecha ultimo pedido|ultima compra",
    ),
];

/// Words that make a header mean something else than the name beside them.
const ELSE: &str = "\
    due|ship|shipped|shipping|delivery|required|requested|promised|birth|modified|updated|\
    expiry|expiration|valid|payment|planned|last|next|first|target|budget|forecast|prior|\
    previous|open|outstanding|balance|backlog|tracking|exchange|rate|taux|kurs|phone|\
    address|city|zip|postal|country|street|fallig|falligkeit|liefer|lieferdatum|livraison|\
    entrega|vencimiento|echeance|weight|gewicht|poids|peso|percent|pct|%|\
    before|excl|excluding|excluded|ohne|hors|sin|description|cash|settlement|po|status|\
    scadenza|consegna|vervaldatum|dostawy|platnosci|vencimento|leverans|forfallodatum";

/// Words of an amount with tax, which is none of the others.
const TAXED: &str = "gross|brutto|incl|including|inkl|ttc|lordo|bruto";

/// Words of a tax, which is no revenue, unless a word beside it says that the amount is without.
const OF_TAX: &str = "tax|vat|gst|mwst|ust|tva|iva|btw|moms|mva|steuer|podatek|imposto";
const WITHOUT: &str = "\
    ex|exc|excl|excluding|excluded|exclusive|without|before|pre|net|netto|neto|untaxed|ohne|exkl|hors|\
    ht|sin|zonder|senza|bez|sem|ekskl|eks|uden|utan|pretax";

/// Words of a price, a cost or a piece: no name of a line's amount that lacks them means it.
const PIECE: &str = "\
    price|preis|prix|precio|cost|kosten|cout|coste|costo|unit|each|prezzo|prijs|cena|preco|pris|\
    koszt|custo|einstandspreis|einstand|wareneinsatz|selbstkosten|herstellkosten|einkaufspreis|cogs";

/// Words that many names share: one of them alone does not make `Freight Amount` an amount of
/// revenue, or `Sales Region` an order.
const COMMON: &str = "\
    amount|total|sum|value|price|cost|sales|order|orders|invoice|id|no|nr|n|number|num|code|by|\
    name|type|unit|net|gross|grand|document|transaction|purchase|account|of|the|per|de|du|\
    des|del|la|betrag|summe|wert|preis|kosten|nummer|netto|brutto|beleg|auftrag|rechnung|\
    montant|prix|cout|numero|nom|commande|facture|importe|precio|coste|costo|valor|nombre|\
    codigo|tipo|pedido|factura|%|rate|lcy|year|job|ext|extended|\
    totale|importo|prezzo|ordine|fattura|data|totaal|bedrag|prijs|kwota|wartosc|cena|koszt|numer|\
    preco|custo|belopp|belob|belop|pris";

/// Words of a kind or a count of something, which is no amount of it.
const KINDS: &str = "\
    code|class|method|qty|quantity|count|mode|type|terms|carrier|zone|postcode|postal|zip|plz|cp|id|\
    days|company|house|street|address|city|phone|country|state|name|number|no|tage|adresse";

/// Words that make a type or a state one of something else than the order: `Credit` is a way to pay.
const ABOUT: &str = "\
    payment|payments|method|methods|pay|bill|billing|ship|shipping|customer|product|item|address|\
    region|province|card|tax|zahlungsart|zahlung|lieferung|kunde|artikel";

/// A header, taken apart once for all roles.
#[derive(Debug)]
pub(super) struct Heading {
    joined: String,
    words: Vec<String>,
}

impl Heading {
    pub fn of(header: &str) -> Self {
        Self {
            joined: normalise(header).replace(' ', ""),
            words: tokens(header),
        }
    }

    /// How much it looks like a name of a role: 1 for the best name itself, a little less for each
    /// later one, at most 0.9 for a header that shares words with one.
    pub fn similarity(&self, role: Role) -> f64 {
        let list = SYNONYMS.iter().find(|(r, _)| *r == role);
        let list = list.map_or("", |(_, list)| list);
        if self.joined.is_empty() {
            return 0.0;
        }
        let mut rank = 1.0;
        for name in names(list) {
            if is_joined(name, &self.joined) {
                return rank;
            }
            rank -= 0.0004;
        }
        names(list)
            .map(|name| overlap(&self.words, name, role))
            .fold(0.0, f64::max)
    }
}

/// Whether a header says that its amount is without tax.
pub(super) fn says_net(header: &str) -> bool {
    is_net(&tokens(header))
}

fn is_net(words: &[String]) -> bool {
    words.iter().any(|word| listed(WITHOUT, word))
}

/// Shared words, as a share of all words of both (Dice), at most 0.9.
fn overlap(words: &[String], name: &str, role: Role) -> f64 {
    let whole = matches!(role, Role::Revenue | Role::Total);
    let net = is_net(words);
    let taxes = role == Role::Revenue && !net;
    let elsewhere = |word: &str| {
        listed(ELSE, word)
            || (role == Role::Tax && net)
            || (role == Role::Freight && listed(KINDS, word))
            || (role == Role::Total && net)
            || (taxes && listed(OF_TAX, word))
            || (role != Role::Total && listed(TAXED, word))
            || (whole && listed(PIECE, word))
    };
    let number = role.kind() == Kind::Number;
    let common = |word: &str| {
        listed(COMMON, word)
            || number && matches!(word, "item" | "line")
            || role == Role::Revenue && listed(OF_TAX, word)
            || is_code(&word.to_ascii_uppercase())
    };
    let parts = || name.split_ascii_whitespace();
    let about = |word: &String| listed(ABOUT, word);
    let status = |word: &String| matches!(word.as_str(), "status" | "statut" | "stato");
    if role == Role::Status && words.iter().any(about) && !words.iter().any(status) {
        return 0.0;
    }
    if !parts().any(|part| words.iter().any(|word| word == part)) {
        return 0.0;
    }
    let (mut shared, mut count) = (0.0, 0.0);
    // Whether what they share, and what they do not, are words that say little.
    let (mut vague, mut foreign) = (true, false);
    for part in parts() {
        count += 1.0;
        if words.iter().any(|w| w == part) {
            shared += 1.0;
            vague &= common(part);
        } else {
            foreign |= !common(part);
        }
    }
    let (mut all, mut other) = (0.0, false);
    for word in words {
        all += 1.0;
        if !parts().any(|part| part == word) {
            other |= elsewhere(word);
            foreign |= !common(word);
        }
    }
    let dice = 0.9 * 2.0 * shared / (count + all);
    // One word that says little is enough only where it is the whole name; a gross amount is no profit.
    let few = shared < 2.0 || role == Role::GrossProfit;
    let little = vague && few && (foreign || count > 1.0);
    if other || little { dice * 0.4 } else { dice }
}

/// Whether a text is a name of a column.
pub(super) fn is_known(text: &str) -> bool {
    if text.is_empty() || text.len() > 60 {
        return false;
    }
    is_name(text, Role::ALL)
}

/// Whether a text is a name of one of these roles.
fn is_name(text: &str, wanted: &[Role]) -> bool {
    let joined = normalise(text).replace(' ', "");
    let mut lists = SYNONYMS.iter().filter(|(role, _)| wanted.contains(role));
    !joined.is_empty() && lists.any(|(_, list)| names(list).any(|n| is_joined(n, &joined)))
}

/// Whether a text is the header of numbers that are true of each row where they stand once for several:
/// numbers of orders and customers, days, prices, rates.
pub fn is_of_each(text: &str) -> bool {
    let roles = [
        Role::Order,
        Role::Date,
        Role::Account,
        Role::Price,
        Role::ListPrice,
        Role::UnitCost,
        Role::DiscountPercent,
    ];
    text.len() <= 60 && (is_name(text, &roles) || listed(TAX_RATES, &normalise(text)))
}

/// Whether texts are the headers of orders: a day and an amount among them, by name or as a known
/// system has them.
pub fn names_orders(texts: &[String]) -> bool {
    let has = |wanted: &[Role]| texts.iter().any(|text| is_name(text, wanted));
    let amounts = [Role::Revenue, Role::Total, Role::Price];
    texts.len() > 2 && (has(&[Role::Date]) && has(&amounts) || recognise(texts).is_some())
}

/// Whether a name without its spaces is this text.
fn is_joined(name: &str, joined: &str) -> bool {
    name.len() >= joined.len() && name.bytes().filter(|b| *b != b' ').eq(joined.bytes())
}
