"""Pages for whoever leads or looks on: made of plain JSON, given doors, and never knowing the store."""
