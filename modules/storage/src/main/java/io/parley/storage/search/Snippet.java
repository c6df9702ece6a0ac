package io.parley.storage.search;

import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;

/**
 * Converts the output of {@code ts_headline} to HTML. PostgreSQL marks matches with control characters, which are
 * removed from the text before, so that nothing in the text can pass for a mark; the text is escaped afterwards.
 */
public final class Snippet {
    /** Options of {@code ts_headline} for about two lines of text. */
    // A ShortWord above 0 would remove short words from the ends, and with them all Chinese text.
    static final String OPTIONS =
            "StartSel=\u0002, StopSel=\u0003, MaxFragments=2, MinWords=8, MaxWords=24, ShortWord=0";

    /** The column {@code snippet} of a {@link RankedSearch}, as HTML with the matches in {@code mark} elements. */
    public static String of(Row row) {
        return html(Rows.text(row, "snippet"));
    }

    static String html(String headline) {
        var html = new StringBuilder(headline.length() + 32);
        String text = headline.replace("\u0001", "").replace("\u0003\u0002", "");
        for (int at = 0; at < text.length(); at++) append(html, text.charAt(at));
        return html.toString();
    }

    private static void append(StringBuilder html, char character) {
        switch (character) {
            case '\u0002' -> html.append("<mark>");
            case '\u0003' -> html.append("</mark>");
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.append(character);
        }
    }

    private Snippet() {}
}
