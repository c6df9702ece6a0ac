package io.parley.storage.replicas;

import java.util.regex.Pattern;

/** What a statement does, according to its text. */
final class StatementKind {
    private static final Pattern NOT_CODE = Pattern.compile("(?s)/\\*.*?\\*/|--[^\n]*|'(?:[^']|'')*'");
    private static final Pattern WRITES_OR_LOCKS =
            Pattern.compile("(?i)\\b(?:INSERT|UPDATE|DELETE|MERGE|FOR\\s+(?:KEY\\s+)?SHARE)\\b");
    private static final Pattern READ = Pattern.compile("(?i)\\s*(?:SELECT|WITH)\\b.*", Pattern.DOTALL);

    /** Whether it neither writes nor locks. A function that it calls may do so nevertheless. */
    static boolean reads(String sql) {
        var code = code(sql);
        return !WRITES_OR_LOCKS.matcher(code).find() && READ.matcher(code).matches();
    }

    /** The text without comments and literals. */
    static String code(String sql) {
        return NOT_CODE.matcher(sql).replaceAll(" ");
    }

    private StatementKind() {}
}
