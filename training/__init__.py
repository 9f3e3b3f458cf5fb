"""Training of the embedded reader: prepare, train, export, calibrate, evaluate."""
