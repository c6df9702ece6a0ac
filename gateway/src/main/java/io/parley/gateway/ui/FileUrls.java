package io.parley.gateway.ui;

import io.parley.kernel.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The URLs of files, as they stand in messages: of their content, which needs the same credentials as everything else. */
final class FileUrls {
    private static final Pattern CONTENT = Pattern.compile("(?:https?://.*|)/api/v1/files/([0-9a-fA-F-]{36})/content");

    /** @param base the URL of this server, without a slash at its end; a path, or empty, if it is not known */
    static String of(String base, UUID file) {
        return base + "/api/v1/files/" + file + "/content";
    }

    /** The file that a URL of this form names, of whatever server: only the user's own files are found. */
    static Optional<UUID> read(String url) {
        var matcher = CONTENT.matcher(url);
        return url.length() < 2048 && matcher.matches() ? Ids.parse(matcher.group(1)) : Optional.empty();
    }

    private FileUrls() {}
}
