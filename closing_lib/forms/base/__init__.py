"""What every form is made of: fields, sheets, buttons, and how a page hears that the log has changed."""
