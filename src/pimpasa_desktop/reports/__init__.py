"""Documents: values in, PDF out. The only place that knows reportlab."""
