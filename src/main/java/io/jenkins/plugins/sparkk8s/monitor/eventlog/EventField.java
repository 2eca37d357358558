package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;

/** A field of an event that counts; all others are skipped without being kept. */
sealed interface EventField {

    /**
     * Reads the value that the parser is at.
     *
     * @param values takes the numbers, each in its slot
     */
    void read(JsonParser json, JsonToken value, long[] values) throws IOException;

    /** An object with fields that count. */
    record Inner(Map<String, EventField> fields) implements EventField {
        @Override
        public void read(JsonParser json, JsonToken value, long[] values) throws IOException {
            if (value == JsonToken.START_OBJECT) {
                readFields(json, values);
            } else {
                json.skipChildren();
            }
        }

        /** Reads up to the end of the object that the parser is in. */
        void readFields(JsonParser json, long[] values) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                readField(json, values);
            }
        }

        /** Reads the field whose name the parser is at. */
        void readField(JsonParser json, long[] values) throws IOException {
            EventField field = fields.get(json.currentName());
            JsonToken value = json.nextToken();
            if (field == null) {
                json.skipChildren();
            } else {
                field.read(json, value, values);
            }
        }
    }

    /** A number that is not negative. */
    record Count(int slot) implements EventField {
        @Override
        public void read(JsonParser json, JsonToken value, long[] values) throws IOException {
            if (value.isNumeric()) {
                values[slot] = Math.max(0, json.getLongValue());
            } else {
                json.skipChildren();
            }
        }
    }

    /** One of some words, by their codes; {@code other} for any other. */
    record Word(int slot, Map<String, Integer> codes, int other) implements EventField {
        @Override
        public void read(JsonParser json, JsonToken value, long[] values) throws IOException {
            if (value == JsonToken.VALUE_STRING) {
                values[slot] = codes.getOrDefault(json.getText(), other);
            } else {
                json.skipChildren();
            }
        }
    }
}
