"""The only Streamlit outside `app.py` and the pages: cache, filters, cards, chart blocks, downloads."""
