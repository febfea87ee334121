"""What is answered over HTTP: pages and assets."""
