-- Names that areas once had: lists go on naming them so. A code that is no longer in use is area.replaced_by.
CREATE TABLE area_former_name (
  area BIGINT NOT NULL REFERENCES area(code), name TEXT NOT NULL,
  until TEXT NOT NULL,              -- when the list with the new name was loaded
  PRIMARY KEY (area, name)
);
