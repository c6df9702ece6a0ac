package io.parley.storage.pool;

import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The values of a statement's named parameters, in the form that the PostgreSQL client encodes. */
public interface NamedValues {
    Set<String> names();

    /** Fails with {@link IllegalArgumentException} if there is no such name; the value itself may be null. */
    @Nullable Object value(String name);

    /** The user whose rows the statement may see, if row-level security is on; null for nobody's. */
    @Nullable UUID user();

    /** What takes the position after the commit; null if nobody wants to know it. */
    default @Nullable LogPosition position() {
        return null;
    }

    /** Whether a replica must not answer, although the request may read there. */
    default boolean needsPrimary() {
        return false;
    }

    /**
     * The values in the order of the statement.
     *
     * @param parameter name of the parameter at each position
     * @param count number of parameters of the statement
     */
    static Tuple tuple(IntFunction<String> parameter, int count, NamedValues values) {
        var tuple = Tuple.tuple();
        int fences = 0;
        for (int at = 0; at < count; at++) {
            var name = parameter.apply(at);
            if (name.equals(UserFence.PARAMETER)) fences++;
            tuple.addValue(name.equals(UserFence.PARAMETER) ? userText(values) : values.value(name));
        }
        if (count - fences < values.names().size()) {
            throw new IllegalArgumentException(
                    "the statement has only " + (count - fences) + " of the parameters " + values.names());
        }
        return tuple;
    }

    // Vert.x's client sends values of a type that it does not know as text.
    private static @Nullable String userText(NamedValues values) {
        var user = values.user();
        return user == null ? null : user.toString();
    }
}
