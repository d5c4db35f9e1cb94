"""Minutes of meetings in Markdown or plain text: W3C scribe logs, headings, marked lines, loose prose."""
