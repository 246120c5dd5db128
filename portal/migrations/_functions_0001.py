"""SQL functions of the first migration. Never edited: a later migration replaces a function.

`such_*` serve portal/search.py: the text without markup, the numbers of Arbeitsmittel as tokens of their own, the
vector of a row, and what somebody typed as a query.
"""

CREATE_REFUSE = """
CREATE FUNCTION portal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$;
"""
DROP_REFUSE = "DROP FUNCTION portal_refuse();"

CREATE_SEARCH = r"""
CREATE FUNCTION such_text(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
  translate(regexp_replace(html, '<[^>]*>', ' ', 'g'), '/|·–—_()[]{}„“"', repeat(' ', 15));

CREATE FUNCTION such_auszug(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
  replace(replace(replace(translate(regexp_replace(html, '<[^>]*>', ' ', 'g'), U&'\E000\E001', ''),
    '&lt;', '<'), '&gt;', '>'), '&amp;', '&');

CREATE FUNCTION such_nummern(html text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN (
  SELECT array_to_tsvector(coalesce(array_agg(DISTINCT '#' || lower(m[1])), '{}'))
  FROM regexp_matches(html, '\m([123]\.\d{3}[a-z]?)\M', 'gi') m);

CREATE FUNCTION such_vektor(titel text, html text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
  setweight(to_tsvector('pg_catalog.german', such_text(coalesce(titel, ''))), 'A')
  || setweight(to_tsvector('pg_catalog.german', such_text(coalesce(html, ''))), 'C')
  || such_nummern(coalesce(titel, '') || ' ' || coalesce(html, ''));

CREATE FUNCTION such_anfrage(eingabe text) RETURNS tsquery LANGUAGE sql STABLE STRICT RETURN
  websearch_to_tsquery('pg_catalog.german', such_text(eingabe))
  || coalesce((SELECT string_agg(quote_literal('#' || lower(m[1])) || ':*', ' & ')
       FROM regexp_matches(eingabe, '\m([123]\.\d{3}[a-z]?)\M', 'gi') m)::tsquery, ''::tsquery);
"""
DROP_SEARCH = """
DROP FUNCTION such_anfrage(text);
DROP FUNCTION such_vektor(text, text);
DROP FUNCTION such_nummern(text);
DROP FUNCTION such_auszug(text);
DROP FUNCTION such_text(text);
"""
