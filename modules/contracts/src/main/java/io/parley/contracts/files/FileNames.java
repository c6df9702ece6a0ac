package io.parley.contracts.files;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Names of files that are safe to show, to put into a header, and to save under on any system. */
public final class FileNames {
    /** Characters (Unicode code points). */
    public static final int MAX_LENGTH = 255;

    private static final String NAMELESS = "file";

    /** An extension that is kept if the name is cut. */
    private static final int MAX_EXTENSION = 16;

    private static final Pattern FOLDERS = Pattern.compile("(?s)^.*[/\\\\]");

    // Control, format (which reverse what is shown after them), surrogate, private and unassigned characters; and those
    // that Windows takes in no name.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}<>:\"|?*]");

    private static final Pattern BLANKS = Pattern.compile("\\p{Zs}+");
    private static final Pattern EDGES = Pattern.compile("^ +|[ .]+$");

    /** The name without folders and unsafe characters, in NFC; {@code file} if nothing is left. */
    public static String clean(String name) {
        var plain =
                FOLDERS.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceFirst("");
        var safe = BLANKS.matcher(UNSAFE.matcher(plain).replaceAll("")).replaceAll(" ");
        var trimmed = EDGES.matcher(safe).replaceAll("");
        return trimmed.isEmpty() ? NAMELESS : cut(trimmed);
    }

    private static String cut(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= MAX_LENGTH) return name;
        int dot = name.lastIndexOf('.');
        var extension = dot < 0 || name.length() - dot > MAX_EXTENSION ? "" : name.substring(dot);
        int kept = MAX_LENGTH - extension.codePointCount(0, extension.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)) + extension;
    }

    private FileNames() {}
}
