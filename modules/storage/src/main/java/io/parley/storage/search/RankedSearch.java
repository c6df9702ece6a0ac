package io.parley.storage.search;

import io.parley.contracts.search.Search;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A full-text search in pages, best hits first. Only the newest {@link Search#WINDOW} matches are ranked, so that the planner
 * can read a frequent word from the newest row on and a rare word from the index of words, and in neither case all rows.
 *
 * @param candidates selects {@code id}, {@code created_at}, {@code search}, {@code text}, which snippets are made from, and
 *     the columns, up to and including the first part of its {@code WHERE}. Its parameters are {@code user_id} and those of
 *     {@code Search.Filter}, any of which may be null.
 * @param columns of a hit besides {@code id}, {@code rank} and {@code created_at}
 * @param hit from a row and its snippet
 */
public record RankedSearch(Database database, String candidates, String columns, BiFunction<Row, String, Hit> hit) {
    // Later pages leave out rows that were created after the first page was read. An imported row can have a time far
    // in the future; it was there for the first page as well.
    private static final String CREATED_BEFORE_THE_FIRST_PAGE =
            "AND (created_at <= #{as_of} OR created_at > #{as_of}::timestamptz + interval '1 day')";
    private static final String QUERY = "search_query(#{user_id}, #{words}, #{is_prefix})";

    /**
     * Rows that are read first for a word that is probably frequent, in 3 ms. The index of words would read all of its matches:
     * 240 ms of 60 000, because the planner does not know how often a user writes a word.
     */
    private static final int NEWEST = 2_000;

    private static final Pattern FORM = Pattern.compile("\u0002([^\u0003]*)\u0003");

    /**
     * At most {@code limit} hits after the cursor, ordered by rank and then from new to old. Fails invalid if the query has too
     * many words, and overloaded if a statement takes too long; see {@link io.parley.storage.SearchLimits}.
     */
    public Future<Results> best(Search.Query query) {
        var terms = SearchTerms.of(query.q());
        int words = database.searchLimits().words();
        if (terms.words() > words)
            return Future.failedFuture(Problem.invalid("q", "must not have more than " + words + " words"));
        var after = query.after();
        var parameters = Parameters.of("user_id", query.caller().userId())
                .and("words", terms.websearch())
                .and("is_prefix", terms.isPrefix())
                .and("pattern", terms.pattern())
                .and("conversation_id", query.filter().conversationId())
                .and("role", query.filter().role())
                .and("from", query.filter().from())
                .and("to", query.filter().to())
                .and("limit", query.limit() + 1);
        if (after != null) {
            parameters
                    .and("as_of", after.asOf())
                    .and("rank", after.rank())
                    .and("at", after.at())
                    .and("id", after.id());
        }
        return find(terms, parameters, after != null).map(rows -> best(rows, query));
    }

    private Future<List<Ranked>> find(SearchTerms terms, Parameters parameters, boolean isLaterPage) {
        var all = window(candidates, isLaterPage);
        if (!terms.isProbablyFrequent()) return run(all, terms, parameters, isLaterPage);
        return run(fullWindowOfNewest(isLaterPage), terms, parameters, isLaterPage)
                .compose(rows ->
                        rows.isEmpty() ? run(all, terms, parameters, isLaterPage) : Future.succeededFuture(rows));
    }

    private Future<List<Ranked>> run(String window, SearchTerms terms, Parameters parameters, boolean isLaterPage) {
        return database.queryWithCustomPlan(sql(window, isLaterPage), row -> ranked(row, terms))
                .within(database.searchLimits().time())
                .list(parameters)
                .recover(RankedSearch::tooExpensive);
    }

    private static <T> Future<T> tooExpensive(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.kind() == Problem.Kind.TIMEOUT
                        ? Problem.overloaded()
                        : failure);
    }

    private record Ranked(Hit hit, Instant asOf) {}

    private Ranked ranked(Row row, SearchTerms terms) {
        var snippet = Snippet.html(Rows.text(row, "excerpt"), terms, forms(row));
        return new Ranked(hit.apply(row, snippet), Rows.instant(row, "as_of"));
    }

    private static List<String> forms(Row row) {
        var headline = Rows.nullableText(row, "forms");
        return headline == null
                ? List.of()
                : FORM.matcher(headline)
                        .results()
                        .map((MatchResult form) -> form.group(1))
                        .distinct()
                        .toList();
    }

    private static Results best(List<Ranked> rows, Search.Query query) {
        var hits = rows.stream().limit(query.limit()).map(Ranked::hit).toList();
        var after = query.after();
        var asOf = after != null
                ? after.asOf()
                : rows.isEmpty() ? Instant.EPOCH : rows.get(0).asOf();
        return new Results(hits, rows.size() > query.limit(), asOf);
    }

    // What is expensive is made last and only for the rows of the page.
    private String sql(String window, boolean isLaterPage) {
        return """
            SELECT id, rank, created_at, now() AS as_of, %s,
                   search_excerpt(text, #{pattern}) AS excerpt, left(search_forms(text, #{words}), 4000) AS forms
              FROM (SELECT id, rank, created_at, text, %s
                      FROM (%s) AS ranked
                     %s
                     ORDER BY rank DESC, created_at DESC, id DESC
                     LIMIT #{limit}) AS best
             ORDER BY rank DESC, created_at DESC, id DESC
            """.formatted(
                columns, columns, window, isLaterPage ? "WHERE (rank, created_at, id) < (#{rank}, #{at}, #{id})" : "");
    }

    private String window(String rows, boolean isLaterPage) {
        return """
            SELECT id, created_at, text, %s, ts_rank(search, %s, 1) AS rank
              FROM (%s) AS candidates
             WHERE search @@ %s %s
             ORDER BY created_at DESC, id DESC
             LIMIT %d
            """.formatted(
                        columns, QUERY, rows, QUERY, isLaterPage ? CREATED_BEFORE_THE_FIRST_PAGE : "", Search.WINDOW);
    }

    /** The window if the newest rows alone fill it, or else no row. */
    private String fullWindowOfNewest(boolean isLaterPage) {
        var newest = candidates + " ORDER BY created_at DESC, id DESC LIMIT " + NEWEST;
        return """
            SELECT id, created_at, text, %s, rank
              FROM (SELECT id, created_at, text, %s, rank, count(*) OVER () AS matches FROM (%s) AS newest) AS counted
             WHERE matches = %d
            """.formatted(columns, columns, window(newest, isLaterPage), Search.WINDOW);
    }
}
