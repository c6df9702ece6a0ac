package io.parley.transfer.sources;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A source that an answer cites, as a link in its text. */
public final class MarkdownLink {
    // A client that renders the text as HTML must not run a script from it (OWASP XSS Prevention Cheat Sheet).
    private static final Pattern HARMLESS = Pattern.compile("(?i)(?:https?://|mailto:).*", Pattern.DOTALL);

    /** The link after a blank, or only its title if the URL is neither HTTP nor an e-mail address; empty without a URL. */
    public static String of(@Nullable String title, @Nullable String url) {
        if (url == null || url.isBlank()) return "";
        var name = " [" + escaped(title == null || title.isBlank() ? url : title) + "]";
        return HARMLESS.matcher(url.strip()).matches() ? name + "(" + target(url) + ")" : name;
    }

    private static String escaped(String name) {
        return name.strip().replace("[", "\\[").replace("]", "\\]");
    }

    private static String target(String url) {
        return url.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29");
    }

    private MarkdownLink() {}
}
