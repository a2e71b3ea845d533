"""Serving: Voila as our application, with pages in front that start no kernel."""
