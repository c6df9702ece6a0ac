DROP FUNCTION search_forms;
DROP FUNCTION search_excerpt;
DROP FUNCTION search_query;
DROP FUNCTION search_words;
DROP FUNCTION search_key;
DROP FUNCTION search_plain;
DROP FUNCTION search_fold;
DROP FUNCTION search_folds_accents;
