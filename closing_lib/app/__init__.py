"""What makes a notebook a page and a folder a kit: the person’s folder, the setting up, the server, JupyterLab."""
