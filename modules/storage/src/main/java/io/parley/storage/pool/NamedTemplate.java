package io.parley.storage.pool;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement with numbered parameters, made from one with {@code #{name}}.
 *
 * @param names of the parameters, in the order of their positions in the text
 */
record NamedTemplate(String sql, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile("#\\{(\\w+)}");

    static NamedTemplate of(String text) {
        var names = new ArrayList<String>();
        var sql = PARAMETER.matcher(text).replaceAll(match -> {
            if (!names.contains(match.group(1))) names.add(match.group(1));
            return "\\$" + (names.indexOf(match.group(1)) + 1);
        });
        return new NamedTemplate(sql, List.copyOf(names));
    }

    Tuple tuple(NamedValues values) {
        var tuple = Tuple.tuple();
        for (var name : names) tuple.addValue(values.value(name));
        return tuple;
    }
}
