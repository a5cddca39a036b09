"""Event data of others read, and ours written, in the formats that the field uses.

Readers turn a file into incidents coded by others, one at a time; writers take incidents, or claims with their documents."""
