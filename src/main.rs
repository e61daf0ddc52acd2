//! The page: mounts the app.

fn main() {
    perennial::web::start();
}
