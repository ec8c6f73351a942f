"""The hall: who signs in, by whatever means, and the quorum light that follows within a second."""
