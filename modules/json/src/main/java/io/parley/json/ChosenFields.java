package io.parley.json;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets only some fields of a resource through, or of each item of a list. */
final class ChosenFields extends TokenFilter {
    private static final String ITEMS = "items";

    private final Set<String> fields;
    private final boolean isOutermost;

    private ChosenFields(Set<String> fields, boolean isOutermost) {
        this.fields = fields;
        this.isOutermost = isOutermost;
    }

    static ChosenFields of(Collection<String> fields) {
        return new ChosenFields(Set.copyOf(fields), true);
    }

    @Override
    public @Nullable TokenFilter includeProperty(String name) {
        if (isOutermost && name.equals(ITEMS)) return new ChosenFields(fields, false);
        boolean isOfList = isOutermost && name.equals("next_cursor");
        return isOfList || name.equals("id") || fields.contains(name) ? INCLUDE_ALL : null;
    }

    @Override
    public boolean includeEmptyArray(boolean contentsFiltered) {
        return true;
    }

    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
        return true;
    }
}
