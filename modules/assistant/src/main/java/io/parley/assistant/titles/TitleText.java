package io.parley.assistant.titles;

import java.util.regex.Pattern;

/** The text of a title. */
final class TitleText {
    private static final int MAX_CHARACTERS = 60;

    private static final Pattern LABEL = Pattern.compile("^(#+\\s*|(?i:title)\\s*:\\s*)");
    private static final Pattern QUOTES = Pattern.compile("^[\"'`*_“”„‘’«»]+|[\"'`*_“”„‘’«»]+$");

    /** The first line of a model's reply, without quotes, emphasis, a label and a final full stop; may be empty. */
    static String cleaned(String reply) {
        var line = reply.strip().lines().findFirst().orElse("");
        var bare = "";
        while (!bare.equals(line)) {
            bare = line;
            line = QUOTES.matcher(LABEL.matcher(line.strip()).replaceFirst("")).replaceAll("");
            if (line.endsWith(".") && !line.endsWith("..")) line = line.substring(0, line.length() - 1);
        }
        return shortened(line.strip());
    }

    static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= MAX_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_CHARACTERS - 1))
                                .strip() + "…";
    }

    private TitleText() {}
}
