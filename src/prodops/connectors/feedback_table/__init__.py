"""Reads any CSV, TSV or workbook of messages, requests or tickets, whatever its columns are called."""
