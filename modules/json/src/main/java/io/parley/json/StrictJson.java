package io.parley.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly by RFC 8259: one value in UTF-8, no repeated keys, every digit kept. */
public final class StrictJson {
    /** Levels of nested arrays and objects. */
    public static final int MAX_DEPTH = 100;
    /** Characters of one number. */
    public static final int MAX_DIGITS = 1000;

    private static final JsonFactory parsers = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private static final ObjectReader trees = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    /** Fails invalid if the body is not JSON, pointing as near to the fault as possible. */
    public static JsonNode parse(Buffer body) {
        if (body.length() == 0) throw Problem.invalid("", "must not be empty: a JSON body is required");
        try (var parser = parsers.createParser(text(body))) {
            return read(parser);
        } catch (IOException failure) {
            throw Problem.invalid("", "is not valid JSON");
        }
    }

    private static JsonNode read(JsonParser parser) throws IOException {
        try {
            return trees.readValue(parser);
        } catch (StreamConstraintsException tooMuch) {
            throw Problem.invalid(
                    member(parser),
                    "must not be nested deeper than " + MAX_DEPTH + " levels or contain a number of more than "
                            + MAX_DIGITS + " digits");
        } catch (ArithmeticException | NumberFormatException tooMuch) {
            throw Problem.invalid("", "must not contain a number outside the range of a 64-bit float");
        } catch (JsonProcessingException broken) {
            throw broken(parser, broken);
        }
    }

    // Points at the top-level member only, because the full path could be as long as the body.
    private static String member(JsonParser parser) {
        var context = parser.getParsingContext();
        while (context.getParent() != null && !context.getParent().inRoot()) context = context.getParent();
        var key = context.getCurrentName();
        return key == null || !StoredForm.isStorable(key) ? "" : Pointers.member("", key);
    }

    private static Problem broken(JsonParser parser, JsonProcessingException failure) {
        var message = String.valueOf(failure.getOriginalMessage());
        if (message.startsWith("Duplicate field")) return Problem.invalid(pointer(parser), "must not be repeated");
        var at = failure.getLocation();
        return Problem.invalid(
                "",
                at == null
                        ? "is not valid JSON"
                        : "is not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    private static String pointer(JsonParser parser) {
        var context = parser.getParsingContext();
        var parent = context.getParent() == null
                ? ""
                : context.getParent().pathAsPointer().toString();
        var key = context.getCurrentName();
        if (!StoredForm.isStorable(parent)) return "";
        return key == null || !StoredForm.isStorable(key) ? parent : Pointers.member(parent, key);
    }

    // The parser would guess other encodings from the bytes and accept unpaired surrogates.
    private static String text(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw Problem.invalid("", "is not valid UTF-8");
        }
    }

    private StrictJson() {}
}
