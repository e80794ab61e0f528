"""Every table that we use: the modules are imported so that the metadata holds them all."""

from sqlmodel import SQLModel

from storage import (
    desk_tables,
    keepsake_table,
    public_tables,
    records,
    studio_tables,
    tables,
)
from storage.casework import network_tables
from storage.casework import tables as casework

MODULES = (
    tables,
    records,
    desk_tables,
    casework,
    keepsake_table,
    public_tables,
    studio_tables,
    network_tables,
)

METADATA = SQLModel.metadata
