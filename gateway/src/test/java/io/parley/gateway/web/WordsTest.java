package io.parley.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.SecurityEventType;
import java.util.ArrayDeque;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the app: each language has all of them. */
class WordsTest {
    private static final String EVENTS = "securityEventTypes.";
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$");
    /** A name and the colon behind it, another string, or a brace. Strings have no quotation marks of their own kind in them. */
    private static final Pattern PART =
            Pattern.compile("(?<=[{,])\\s*(?:'([^']+)'|(\\w+)):|'[^']*'|`[^`]*`|\"[^\"]*\"|[{}]");

    @Test
    void areTheSameInEveryLanguage() {
        assertThat(names("de")).isEqualTo(names("en")).contains("signIn", "oidcErrors.access_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void haveOneForEachSecurityEvent(String language) {
        assertThat(names(language))
                .filteredOn(name -> name.startsWith(EVENTS))
                .containsExactlyInAnyOrderElementsOf(Stream.of(SecurityEventType.values())
                        .map(type -> EVENTS + type.text())
                        .toList());
    }

    private static SortedSet<String> names(String language) {
        var source = new String(AppSources.files().get("app/words/" + language + ".js"), UTF_8);
        var names = new TreeSet<String>();
        var within = new ArrayDeque<String>();
        var last = "";
        var parts = PART.matcher(COMMENT.matcher(source).replaceAll(""));
        while (parts.find()) {
            var name = parts.group(1) != null ? parts.group(1) : parts.group(2);
            if (name != null) {
                last = within.isEmpty() || within.getLast().isEmpty() ? name : within.getLast() + "." + name;
                names.add(last);
            } else if (parts.group().equals("{")) within.addLast(last);
            else if (parts.group().equals("}")) within.removeLast();
        }
        return names;
    }
}
