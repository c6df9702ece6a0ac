package io.parley.gateway.contract;

import io.parley.json.Pointers;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of one operation. */
final class QueryParameters {
    /** How often a parameter may be repeated. */
    private static final int MAX_REPEATED = 20;

    private final Map<String, Parameter> known;
    private final Map<String, Object> defaults;
    private final List<String> required;
    private final boolean ignoresUnknown;

    QueryParameters(List<Parameter> known) {
        this(known, false);
    }

    /** @param ignoresUnknown because a protocol lets others send more (RFC 6749, 4.1.2) */
    QueryParameters(List<Parameter> known, boolean ignoresUnknown) {
        this.ignoresUnknown = ignoresUnknown;
        this.known = known.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
        this.defaults = known.stream()
                .filter(parameter -> parameter.defaultValue().isPresent())
                .collect(Collectors.toMap(
                        Parameter::name, parameter -> parameter.defaultValue().orElseThrow()));
        this.required = known.stream()
                .filter(Parameter::isRequired)
                .map(Parameter::name)
                .toList();
    }

    /**
     * Returns the values by name, in the types of the parameters, with defaults. Fails invalid with one fault per parameter.
     *
     * @param query what follows the question mark
     */
    Map<String, Object> read(@Nullable String query) {
        if (required.isEmpty() && (query == null || query.isEmpty())) return defaults;
        Map<String, Object> values = new HashMap<>();
        List<Fault> faults = new ArrayList<>();
        if (query != null && !query.isEmpty()) for (var pair : QueryString.parse(query)) read(pair, values, faults);
        for (var name : required) if (isMissing(name, values, faults)) faults.add(new Fault(name, "is required"));
        if (!faults.isEmpty()) throw Problem.invalid(faults);
        defaults.forEach(values::putIfAbsent);
        return values;
    }

    // A parameter with a fault of its own is not missing.
    private static boolean isMissing(String name, Map<String, Object> values, List<Fault> faults) {
        return !values.containsKey(name)
                && faults.stream().noneMatch(fault -> fault.pointer().equals(name));
    }

    private void read(QueryString.Pair pair, Map<String, Object> values, List<Fault> faults) {
        var parameter = known.get(pair.name());
        if (parameter == null && ignoresUnknown) return;
        if (parameter == null)
            faults.add(new Fault(Pointers.name(pair.name()), "is not a parameter of this operation"));
        else if (parameter.isRepeatable()) readItem(parameter, pair, values, faults);
        else if (values.containsKey(pair.name())) faults.add(new Fault(pair.name(), "must not be repeated"));
        else
            parameter
                    .parse(pair.value())
                    .ifPresentOrElse(
                            value -> values.put(pair.name(), value),
                            () -> faults.add(new Fault(pair.name(), parameter.rule())));
    }

    private static void readItem(
            Parameter parameter, QueryString.Pair pair, Map<String, Object> values, List<Fault> faults) {
        List<Object> items = new ArrayList<>();
        if (values.get(pair.name()) instanceof List<?> before) items.addAll(before);
        parameter.parse(pair.value()).ifPresent(item -> items.addAll((List<?>) item));
        boolean isValid = parameter.parse(pair.value()).isPresent() && items.size() <= MAX_REPEATED;
        if (isValid) values.put(pair.name(), items);
        else faults.add(new Fault(pair.name(), parameter.rule()));
    }
}
