"""What is declared about time: samples of blocks, and what PMs say they were for."""
