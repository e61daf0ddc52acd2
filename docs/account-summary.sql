-- Order lines to an account summary that Perennial imports without a question.
-- The same text runs in DuckDB and in Spark SQL. What it reads and what the rows mean is in
-- account-summary.md; the names of the columns it gives are those that the importer knows.
WITH lines AS (
  SELECT
    TRIM(CAST(account AS STRING)) AS account,
    COALESCE(
      NULLIF(TRIM(CAST(order_number AS STRING)), ''),
      CONCAT('day ', CAST(CAST(order_date AS DATE) AS STRING))
    ) AS order_key,
    CAST(order_date AS DATE) AS order_date,
    CAST(revenue AS DECIMAL(28, 4)) AS given_revenue,
    CAST(discount AS DECIMAL(28, 4)) AS given_discount,
    CAST(rebates AS DECIMAL(28, 4)) AS given_rebates,
    CAST(freight AS DECIMAL(28, 4)) AS freight,
    CAST(cost AS DECIMAL(28, 4)) AS given_cost,
    CAST(tooling AS DECIMAL(28, 4)) AS tooling,
    CAST(quantity AS DECIMAL(28, 4)) AS given_quantity,
    NULLIF(TRIM(CAST(parent AS STRING)), '') AS parent,
    NULLIF(TRIM(CAST(segment AS STRING)), '') AS segment,
    NULLIF(TRIM(CAST(salesperson AS STRING)), '') AS salesperson,
    NULLIF(TRIM(CAST(partner AS STRING)), '') AS partner,
    COALESCE(TRIM(CAST(currency AS STRING)), '') AS currency
  FROM order_lines
  WHERE TRIM(CAST(account AS STRING)) <> '' AND order_date IS NOT NULL AND revenue IS NOT NULL
),

-- A negative amount or number of pieces is a return, whichever of the two has the sign.
signed AS (
  SELECT
    account, order_key, order_date, parent, segment, salesperson, partner, currency, freight, tooling,
    CASE WHEN given_revenue < 0 OR given_quantity < 0 THEN 1 ELSE 0 END AS came_back,
    CASE WHEN given_cost IS NULL THEN 1 ELSE 0 END AS no_cost,
    CASE WHEN given_quantity < 0 THEN -ABS(given_revenue) ELSE given_revenue END AS revenue,
    CASE WHEN given_revenue < 0 THEN -ABS(given_quantity) ELSE given_quantity END AS quantity,
    CASE WHEN given_revenue < 0 AND given_quantity > 0 OR given_revenue > 0 AND given_quantity < 0
      THEN -ABS(given_cost) ELSE given_cost END AS cost,
    CASE WHEN given_revenue < 0 OR given_revenue > 0 AND given_quantity < 0
      THEN -ABS(given_discount) ELSE ABS(given_discount) END AS discount,
    CASE WHEN given_revenue > 0 AND given_quantity < 0
      THEN -ABS(given_rebates) ELSE given_rebates END AS rebates
  FROM lines
),

-- An order counts once, at one of the lines that it sold.
counted AS (
  SELECT
    signed.*,
    CASE WHEN came_back = 0 AND ROW_NUMBER() OVER (
      PARTITION BY account, order_key ORDER BY came_back, no_cost, currency, order_date
    ) = 1 THEN 1 ELSE 0 END AS is_order
  FROM signed
),

days AS (
  SELECT account, came_back, MIN(order_date) AS first_order, MAX(order_date) AS last_order
  FROM signed
  GROUP BY account, came_back
),

-- Where the lines of an account disagree, the name with most revenue in the last 365 days holds,
-- else with most in all; between equals, the latest.
names AS (
  SELECT account, 'parent' AS what, parent AS name, revenue, order_date FROM signed
  UNION ALL
  SELECT account, 'segment' AS what, segment AS name, revenue, order_date FROM signed
  UNION ALL
  SELECT account, 'salesperson' AS what, salesperson AS name, revenue, order_date FROM signed
  UNION ALL
  SELECT account, 'partner' AS what, partner AS name, revenue, order_date FROM signed
),

by_name AS (
  SELECT
    account, what, name,
    SUM(CASE WHEN order_date > last_day - INTERVAL '365' DAY THEN revenue ELSE 0 END) AS recent,
    SUM(revenue) AS revenue,
    MAX(order_date) AS latest
  FROM names CROSS JOIN (SELECT MAX(order_date) AS last_day FROM signed) AS ending
  WHERE name IS NOT NULL
  GROUP BY account, what, name
),

held AS (
  SELECT
    account, what, name,
    ROW_NUMBER() OVER (
      PARTITION BY account, what ORDER BY recent DESC, revenue DESC, latest DESC, name
    ) AS place
  FROM by_name
),

holders AS (
  SELECT
    account,
    MAX(CASE WHEN what = 'parent' THEN name END) AS parent,
    MAX(CASE WHEN what = 'segment' THEN name END) AS segment,
    MAX(CASE WHEN what = 'salesperson' THEN name END) AS salesperson,
    MAX(CASE WHEN what = 'partner' THEN name END) AS partner
  FROM held
  WHERE place = 1
  GROUP BY account
)

SELECT
  counted.account AS account,
  SUM(counted.is_order) AS orders,
  days.first_order AS first_order,
  days.last_order AS last_order,
  SUM(counted.revenue) AS net_revenue,
  SUM(counted.discount) AS discount,
  SUM(counted.rebates) AS rebates,
  SUM(counted.freight) AS freight,
  SUM(counted.cost) AS cost_of_goods,
  SUM(counted.tooling) AS tooling,
  SUM(counted.quantity) AS quantity,
  counted.currency AS currency,
  holders.parent AS parent_account,
  holders.segment AS segment,
  holders.salesperson AS salesperson,
  holders.partner AS partner
FROM counted
JOIN days ON days.account = counted.account AND days.came_back = counted.came_back
LEFT JOIN holders ON holders.account = counted.account
GROUP BY
  counted.account, counted.currency, counted.came_back, counted.no_cost,
  days.first_order, days.last_order,
  holders.parent, holders.segment, holders.salesperson, holders.partner
ORDER BY account, currency, counted.came_back, counted.no_cost;
