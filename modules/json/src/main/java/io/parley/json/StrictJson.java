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

/** Reads JSON to the letter of RFC 8259: one value in UTF-8, no key twice, all digits kept. */
public final class StrictJson {
    public static final int MAX_DEPTH = 100;
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

    /** Fails invalid where it is not JSON, pointing as near as can be. */
    public static JsonNode parse(Buffer body) {
        try (var parser = parsers.createParser(text(body))) {
            return read(parser);
        } catch (IOException failure) {
            throw Problem.invalid("", "is not valid JSON");
        }
    }

    private static JsonNode read(JsonParser parser) throws IOException {
        try {
            JsonNode json = trees.readValue(parser);
            if (json == null) throw Problem.invalid("", "a body is required");
            return json;
        } catch (StreamConstraintsException tooMuch) {
            throw Problem.invalid(
                    member(parser),
                    "is nested deeper than " + MAX_DEPTH + " or has a number longer than " + MAX_DIGITS + " digits");
        } catch (ArithmeticException | NumberFormatException tooMuch) {
            throw Problem.invalid("", "has a number out of range");
        } catch (JsonProcessingException broken) {
            throw broken(parser, broken);
        }
    }

    // The whole way down could be as long as the body.
    private static String member(JsonParser parser) {
        var context = parser.getParsingContext();
        while (context.getParent() != null && !context.getParent().inRoot()) context = context.getParent();
        var key = context.getCurrentName();
        return key == null || !StoredForm.isStorable(key) ? "" : Pointers.member("", key);
    }

    private static Problem broken(JsonParser parser, JsonProcessingException failure) {
        var message = String.valueOf(failure.getOriginalMessage());
        if (message.startsWith("Duplicate field")) return Problem.invalid(pointer(parser), "stands here twice");
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

    // The parser would guess other encodings from the bytes and let halves of surrogate pairs through.
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
