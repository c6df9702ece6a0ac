package io.parley.storage.search;

/**
 * The part of a text around a match, from {@code ts_headline} to HTML. The marks are control characters on the way, so
 * that nothing in the text can pass for one: they are taken out of the text before, and it is escaped after.
 */
public final class Snippet {
    /** For {@code ts_headline}, about two lines of text. */
    // ShortWord would cut short words off the ends, and with them all that is Chinese.
    static final String OPTIONS =
            "StartSel=\u0002, StopSel=\u0003, MaxFragments=2, MinWords=8, MaxWords=24, ShortWord=0";

    public static String html(String headline) {
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
