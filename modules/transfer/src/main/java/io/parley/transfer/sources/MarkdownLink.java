package io.parley.transfer.sources;

import org.jspecify.annotations.Nullable;

/** A source that an answer cites, as a link in its text. */
public final class MarkdownLink {
    /** The link after a blank; empty without a URL. */
    public static String of(@Nullable String title, @Nullable String url) {
        if (url == null || url.isBlank()) return "";
        var name = title == null || title.isBlank() ? url : title;
        return " [" + name.strip().replace("[", "\\[").replace("]", "\\]") + "]("
                + url.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29") + ")";
    }

    private MarkdownLink() {}
}
