"""Numbers for staff and for the public: counted, protected, compared, drawn."""
