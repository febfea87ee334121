"""CSS, icons and animations of a site: the lowest layer, which knows nothing of pages."""
