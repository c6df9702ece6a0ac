-- The text search configuration that texts are indexed and searched with: written once, so that a query never asks
-- with another one than its index was made with. A name that the server does not know fails here.
CREATE FUNCTION search_configuration() RETURNS regconfig
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '${search_configuration}'::regconfig;

-- A text in the form in which it is indexed, asked for and shown: characters that are words of their own are set off by
-- U+0001, which no parser takes for a letter and which is taken out of what is shown. Those are the characters of
-- scripts that put no space between words (Thai to Burmese, Khmer, Chinese, Japanese, Korean), so that a part of such a text is
-- found as a phrase, and the punctuation and symbols beyond ASCII, which the parser takes for letters where the
-- database's LC_CTYPE is C. Only so much of a text is searched that its words always fit a tsvector (1 MiB).
CREATE FUNCTION search_text(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN octet_length(words) = char_length(words) THEN left(words, 100000)
                ELSE regexp_replace(
                    left(words, 100000),
                    '([\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7'
                        '\u0e01-\u109f\u1780-\u17ff\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u30ff\u31f0-\u31ff'
                        '\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe00-\ufe0f\uff00-\uffef'
                        '\U0001f000-\U0001faff\U00020000-\U0003ffff])',
                    U&'\0001\\1\0001', 'g')
           END;
