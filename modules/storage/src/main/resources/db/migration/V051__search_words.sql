-- In PL/pgSQL where a function is called for a whole text or once a query: PostgreSQL would otherwise copy the SQL into every
-- statement that it plans, which took half of the time of planning a search.

-- Whether words are compared without their accents: written once, like search_configuration.
CREATE FUNCTION search_folds_accents() RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ${search_fold_accents};

-- A text whose words can be compared: in one Unicode form (NFC), with one lower-case sigma, without soft hyphens and other signs that
-- nobody sees. If accents are folded: without combining marks, Hebrew points and Arabic vowel signs, and with plain letters in place of
-- those that have no accent to lose. Not the extension unaccent, which not every server has.
CREATE FUNCTION search_fold(words text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text;
BEGIN
    IF octet_length(words) = char_length(words) THEN
        RETURN words;
    END IF;
    IF NOT search_folds_accents() THEN
        RETURN replace(regexp_replace(normalize(words, NFC), '[\u00ad\u2060\ufe00-\ufe0f\ufeff]', '', 'g'), 'ς', 'σ');
    END IF;
    folded := replace(regexp_replace(normalize(words, NFD),
        '[\u00ad\u2060\ufe00-\ufe0f\ufeff'
            '\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]', '', 'g'), 'ς', 'σ');
    -- translate compares each character with each of its letters, so it is kept for texts that have one.
    IF folded ~ '[øØłŁđĐħĦıŧŦðÐßẞæÆœŒþÞ]' THEN
        folded := translate(folded, 'øØłŁđĐħĦıŧŦðÐ', 'oOlLdDhHitTdD');
        folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'ẞ', 'SS'), 'æ', 'ae'), 'Æ', 'AE');
        folded := replace(replace(replace(replace(folded, 'œ', 'oe'), 'Œ', 'OE'), 'þ', 'th'), 'Þ', 'TH');
    END IF;
    RETURN normalize(folded, NFC);
END $$;

-- A text as it is indexed: folded, with a blank for each character that is part of no word, so that the parser makes no single token of
-- CVE-2026-2332, an address, a path, a number with a sign or a tag. Each of their parts is then a word, and the whole is found as the
-- phrase of its parts. Beyond ASCII it is punctuation, because the parser takes that for letters where the database's LC_CTYPE is C.
-- Only so much of a text is searched that its words always fit a tsvector (1 MiB), even if each character is a word of its own.
CREATE FUNCTION search_plain(words text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN search_text(regexp_replace(search_fold(left(words, 80000)),
        '[-.@/_:<>&+\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u037e\u0387\u055a-\u055f\u0589\u058a'
            '\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u1361-\u1368'
            '\u2000-\u206f\u20a0-\u20cf\u2190-\u25ff\u27c0-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f'
            '\u30a0\u30fb\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]',
        ' ', 'g'));
END $$;

-- What the words of a user begin with in the index: 24 random bits of the user's id. So a word is looked up among the user's own words,
-- and a prefix reads no other user's. Two users with the same key are told apart by their rows.
CREATE FUNCTION search_key(user_id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN encode(substring(uuid_send(user_id) FROM 14 FOR 3), 'base64');

-- The words of a user's text. In the text form of a tsvector every word begins with a quote behind a blank, and no word has a blank.
-- With the search path of today, because pg_restore computes the words with an empty one.
CREATE FUNCTION search_words(user_id uuid, words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    vector tsvector := to_tsvector(search_configuration(), search_plain(words));
BEGIN
    -- A tsvector takes words of 2046 bytes, with the key.
    IF octet_length(words) > 1000 THEN
        vector := ts_delete(vector, ARRAY(SELECT lexeme FROM unnest(vector) WHERE octet_length(lexeme) > 2042));
    END IF;
    RETURN replace(' ' || vector::text, ' ''', ' ''' || search_key(user_id));
END $$;

-- What a user searches for, in the syntax of websearch_to_tsquery. is_prefix: the last word is only the beginning of one.
CREATE FUNCTION search_query(user_id uuid, words text, is_prefix boolean) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    query text := ' ' || websearch_to_tsquery(search_configuration(), search_text(search_fold(words)))::text;
    word  text := '''' || search_key(user_id);
BEGIN
    RETURN replace(replace(query, ' ''', ' ' || word), '!''', '!' || word)
        || CASE WHEN is_prefix AND query LIKE '%''' THEN ':*' ELSE '' END;
END $$;

-- What a snippet is made from: the text, or the 4000 characters of a longer one around the first match of a regular expression. The place
-- of the match is scaled, because the plain form of a text is longer or shorter than the text.
CREATE FUNCTION search_excerpt(words text, pattern text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    whole text;
    plain text;
    place bigint;
BEGIN
    IF char_length(words) <= 4000 THEN
        RETURN words;
    END IF;
    whole := normalize(left(words, 80000));
    plain := search_plain(words);
    place := regexp_instr(lower(plain), lower(search_fold(pattern)))::bigint * char_length(whole) / greatest(char_length(plain), 1);
    RETURN substr(whole, greatest(place - 2000, 1)::integer, 4000);
END $$;

-- A part of the text with the words that match it between U+0002 and U+0003, if only the configuration knows which they are, because
-- it folds inflections; null for simple, where they are equal.
CREATE FUNCTION search_forms(words text, query text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF search_configuration() = 'pg_catalog.simple'::regconfig THEN
        RETURN NULL;
    END IF;
    RETURN ts_headline(search_configuration(), translate(search_plain(words), U&'\0002\0003', ''),
        websearch_to_tsquery(search_configuration(), search_text(search_fold(query))),
        U&'StartSel=\0002, StopSel=\0003, MaxFragments=5, MinWords=8, MaxWords=24, ShortWord=0');
END $$;
