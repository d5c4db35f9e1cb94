"""MeetBot minutes: IRC logs with #startmeeting, #topic, #agreed and #action, and their summaries."""
