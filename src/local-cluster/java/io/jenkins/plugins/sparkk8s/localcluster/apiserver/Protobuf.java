package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Reads bodies in Kubernetes' binary format, which kubectl uses for objects it makes up itself, such as those of
 * {@code kubectl create namespace}. Answers are always JSON, which every client accepts too.
 */
final class Protobuf {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private Protobuf() {}

    /**
     * The object in a body.
     *
     * @throws ApiException 400 when the body is damaged, 415 when its kind is not one that is understood
     */
    static ObjectNode parse(byte[] body) {
        try {
            ByteBuffer envelope = ByteBuffer.wrap(body);
            byte[] magic = new byte[MAGIC.length];
            envelope.get(magic);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw ApiException.badRequest("the body does not begin as Kubernetes' protobuf bodies do");
            }
            return object(envelope);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw ApiException.badRequest("error decoding request body: " + e);
        }
    }

    private static ObjectNode object(ByteBuffer envelope) {
        ObjectNode type = Json.object();
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (envelope.hasRemaining()) {
            int tag = (int) varint(envelope);
            ByteBuffer value = bytes(envelope);
            if (tag >>> 3 == 1) {
                while (value.hasRemaining()) {
                    int member = (int) varint(value) >>> 3;
                    type.put(member == 1 ? "apiVersion" : "kind", string(bytes(value)));
                }
            } else if (tag >>> 3 == 2) {
                raw = value;
            }
        }
        String kind = Json.text(type, "kind");
        if (ProtobufSchema.message(kind) == null) {
            throw new ApiException(
                    415, "UnsupportedMediaType", "this server reads a " + kind + " as JSON or YAML only");
        }
        type.setAll(message(kind, raw));
        return type;
    }

    private static ObjectNode message(String name, ByteBuffer in) {
        Map<Integer, ProtobufSchema.Field> fields = ProtobufSchema.message(name);
        ObjectNode message = Json.object();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int wire = (int) (tag & 7);
            ProtobufSchema.Field field = fields.get((int) (tag >>> 3));
            if (field == null) {
                skip(in, wire);
            } else if (field.map()) {
                entry(Json.child(message, field.name()), field.type(), bytes(in));
            } else {
                JsonNode value = wire == VARINT ? number(field.type(), varint(in)) : value(field.type(), bytes(in));
                put(message, field, value);
            }
        }
        return message;
    }

    private static void put(ObjectNode message, ProtobufSchema.Field field, JsonNode value) {
        if (field.repeated()) {
            ArrayNode list = message.get(field.name()) instanceof ArrayNode a ? a : message.putArray(field.name());
            list.add(value);
        } else if (!value.isNull() && !(value.isTextual() && value.asText().isEmpty())) {
            // Kubernetes writes empty texts too; they mean the same as none.
            message.set(field.name(), value);
        }
    }

    private static void entry(ObjectNode map, String type, ByteBuffer in) {
        String key = "";
        JsonNode value = Json.object().textNode("");
        while (in.hasRemaining()) {
            int number = (int) varint(in) >>> 3;
            ByteBuffer part = bytes(in);
            if (number == 1) {
                key = string(part);
            } else {
                value = value(type, part);
            }
        }
        map.set(key, value);
    }

    private static JsonNode number(String type, long value) {
        return type.equals("bool")
                ? Json.object().booleanNode(value != 0)
                : Json.object().numberNode(value);
    }

    private static JsonNode value(String type, ByteBuffer in) {
        return switch (type) {
            case "string" -> Json.object().textNode(string(in));
            case "bytes" -> Json.object().textNode(Base64.getEncoder().encodeToString(rest(in)));
            case "Quantity" -> quantity(in);
            case "IntOrString" -> intOrString(in);
            default -> message(type, in);
        };
    }

    private static JsonNode quantity(ByteBuffer in) {
        varint(in);
        return Json.object().textNode(string(bytes(in)));
    }

    private static JsonNode intOrString(ByteBuffer in) {
        long number = 0;
        String text = "";
        while (in.hasRemaining()) {
            int member = (int) varint(in) >>> 3;
            if (member == 3) {
                text = string(bytes(in));
            } else {
                long value = varint(in);
                number = member == 2 ? value : number;
            }
        }
        if (!text.isEmpty()) {
            return Json.object().textNode(text);
        }
        return number == 0 ? Json.object().nullNode() : integer(number);
    }

    /** A number as a JSON parser would have read it: readers of the tree distinguish the sizes. */
    private static JsonNode integer(long value) {
        return (int) value == value
                ? Json.object().numberNode((int) value)
                : Json.object().numberNode(value);
    }

    private static void skip(ByteBuffer in, int wire) {
        switch (wire) {
            case VARINT -> varint(in);
            case FIXED64 -> in.getLong();
            case BYTES -> bytes(in);
            case FIXED32 -> in.getInt();
            default -> throw new IllegalArgumentException("unknown wire type " + wire);
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    private static ByteBuffer bytes(ByteBuffer in) {
        int length = (int) varint(in);
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    private static String string(ByteBuffer in) {
        return new String(rest(in), StandardCharsets.UTF_8);
    }
}
