"""Reads who was there: transcripts in WebVTT and SRT, and attendance reports of Teams, Zoom and Meet."""
