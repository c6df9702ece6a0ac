package io.parley.storage;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement as the server takes it, its parameters by number.
 *
 * @param names of the parameters, in the order of their numbers
 */
record NumberedSql(String text, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");

    /** @param template with its parameters by name, {@code #{name}} */
    static NumberedSql of(String template) {
        var names = new ArrayList<String>();
        var text = PARAMETER.matcher(template).replaceAll(match -> {
            if (!names.contains(match.group(1))) names.add(match.group(1));
            return "\\$" + (names.indexOf(match.group(1)) + 1);
        });
        return new NumberedSql(text, List.copyOf(names));
    }

    Tuple tuple(Parameters parameters) {
        return Parameters.tuple(names::get, names.size(), parameters);
    }
}
