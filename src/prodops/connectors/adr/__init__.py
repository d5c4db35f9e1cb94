"""Decision records in Markdown (ADR): the forms of Nygard and of MADR, with their status, dates and links."""
