//! The fits of the CDNOW bench as a WebAssembly module: `script/bench-models` runs it in a browser's
//! worker beside the Python package lifetimes.

use perennial::models::{
    GammaGamma, Histories, History, Leaving, Prior, Settings, Spend, SpendOn, Stages, Weeks, fit,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// MBG/NBD by maximum likelihood, from repeats, the time of the last order and the age (weeks):
/// ln of the likelihood, `r`, `alpha`, `a`, `b`; nothing where there is no fit.
#[wasm_bindgen]
pub fn mbg(repeats: &[f64], last: &[f64], age: &[f64]) -> Vec<f64> {
    let rows = repeats.iter().zip(last).zip(age);
    let histories: Vec<History> = rows
        .map(|((repeats, last), age)| {
            History::new(*repeats as u32, Weeks::new(*last), Weeks::new(*age), 0.0)
        })
        .collect();
    let settings = Settings {
        prior: Prior::None,
        stages: Stages::Fixed(1),
        leaving: Leaving::AfterEveryOrder,
        backtest: None,
        draws: 0,
        seed: 1,
    };
    let histories = Histories::of_statistics(None, &histories);
    let Ok(found) = fit(histories, settings, &|| false) else {
        return Vec::new();
    };
    let model = found.pool().regular;
    let alpha = model.alpha().get();
    vec![
        found.report().ln_likelihood,
        model.r(),
        alpha,
        model.a(),
        model.b(),
    ]
}

/// Gamma-Gamma by maximum likelihood, from numbers of orders and their mean values: ln of the
/// likelihood, `p`, `q`, `gamma`; nothing where there is no fit.
#[wasm_bindgen]
pub fn gamma_gamma(orders: &[f64], means: &[f64]) -> Vec<f64> {
    let spends: Vec<Spend> = orders
        .iter()
        .zip(means)
        .map(|(orders, mean)| Spend::of_mean(*orders as u32, *mean))
        .collect();
    GammaGamma::fit(SpendOn::Means, Prior::None, &spends).map_or_else(Vec::new, |found| {
        let model = found.model;
        vec![found.ln_likelihood, model.p(), model.q(), model.gamma()]
    })
}
