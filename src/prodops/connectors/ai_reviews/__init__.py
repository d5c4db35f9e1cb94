"""Tables of what people thought of AI outputs: verdict, defects and minutes of mending."""
