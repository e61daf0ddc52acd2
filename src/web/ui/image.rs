//! What a chart needs of the browser: its own width, where the pointer is, and a PNG of an SVG.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement,
    HtmlImageElement, ResizeObserver, ResizeObserverEntry, Url,
};

use crate::web::download::save_blob;

/// Dots of a PNG per pixel of the picture.
const SHARPNESS: f64 = 2.0;

/// The width of an element in pixels, followed as it changes.
pub(crate) fn width_of(node: NodeRef<html::Figure>, first: f64) -> ReadSignal<f64> {
    let (width, set_width) = signal(first);
    let on_size = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.get(0).dyn_into::<ResizeObserverEntry>();
        let now = entry.map_or(0.0, |e| e.content_rect().width());
        let before = width.try_get_untracked().unwrap_or(now);
        if now > 0.0 && (now - before).abs() >= 1.0 {
            // The element may be gone by now; then nobody needs its width.
            let _ = set_width.try_set(now);
        }
    });
    let Ok(observer) = ResizeObserver::new(on_size.as_ref().unchecked_ref()) else {
        return width;
    };
    let kept = StoredValue::new_local((observer, on_size));
    node.on_load(move |element| kept.with_value(|(observer, _)| observer.observe(&element)));
    on_cleanup(move || {
        let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
    });
    width
}

/// Where the pointer is within the picture under it: shares of width and height.
pub(crate) fn share_of(event: &ev::PointerEvent) -> Option<(f64, f64)> {
    let stage = event.current_target()?.dyn_into::<Element>().ok()?;
    let picture = stage.query_selector("svg").ok()??;
    let area = picture.get_bounding_client_rect();
    let inside = area.width() > 0.0 && area.height() > 0.0;
    inside.then(|| {
        (
            (f64::from(event.client_x()) - area.left()) / area.width(),
            (f64::from(event.client_y()) - area.top()) / area.height(),
        )
    })
}

/// Closes the popover that a clicked element stands in.
pub(crate) fn close_popover(event: &ev::MouseEvent) {
    let panel = event
        .target()
        .and_then(|t| t.dyn_into::<Element>().ok())
        .and_then(|e| e.closest("[popover]").ok().flatten())
        .and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        // Fails only where it is closed already.
        let _ = panel.hide_popover();
    }
}

/// Draws an SVG file on a canvas and saves it as PNG.
pub(crate) fn save_png(name: &str, svg: &str, size: (f64, f64)) {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let parts = js_sys::Array::of1(&svg.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options);
    let url = blob.and_then(|b| Url::create_object_url_with_blob(&b));
    let (Ok(url), Ok(image)) = (url, HtmlImageElement::new()) else {
        return;
    };
    let name = name.to_owned();
    let source = url.clone();
    let drawn = image.clone();
    let on_load = Closure::once_into_js(move || {
        paint(&name, &drawn, size);
        // The address is used up.
        let _ = Url::revoke_object_url(&url);
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    image.set_src(&source);
}

fn paint(name: &str, image: &HtmlImageElement, size: (f64, f64)) {
    let made = document().create_element("canvas").ok();
    let Some(canvas) = made.and_then(|c| c.dyn_into::<HtmlCanvasElement>().ok()) else {
        return;
    };
    let (width, height) = (size.0 * SHARPNESS, size.1 * SHARPNESS);
    canvas.set_width(dots(width));
    canvas.set_height(dots(height));
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok()) else {
        return;
    };
    if context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .is_err()
    {
        return;
    }
    let name = name.to_owned();
    let on_blob = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            save_blob(&name, &blob);
        }
    });
    // Without a blob there is nothing to save.
    let _ = canvas.to_blob(on_blob.unchecked_ref());
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a canvas can hold"
)]
fn dots(x: f64) -> u32 {
    x.clamp(1.0, 16_000.0) as u32
}
