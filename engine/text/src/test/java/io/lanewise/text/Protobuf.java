package io.lanewise.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of protocol buffers as an ONNX file needs: the fields of a message, which may be messages themselves. */
record Protobuf(List<Field> fields) {

    /** A field: a number, or bytes. */
    record Field(int id, long number, ByteBuffer bytes) {

        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        Protobuf message() {
            return Protobuf.of(bytes.duplicate());
        }
    }

    static Protobuf of(ByteBuffer in) {
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            int id = (int) (key >>> 3);
            switch ((int) key & 7) {
                case 0 -> fields.add(new Field(id, varint(in), null));
                case 1 -> fields.add(new Field(id, 0, take(in, Long.BYTES)));
                case 2 -> fields.add(new Field(id, 0, take(in, (int) varint(in))));
                default -> fields.add(new Field(id, 0, take(in, Integer.BYTES)));
            }
        }
        return new Protobuf(fields);
    }

    /** Returns the fields of a number. */
    List<Field> all(int id) {
        return fields.stream().filter(field -> field.id() == id).toList();
    }

    /** Returns the texts of a field. */
    List<String> texts(int id) {
        return all(id).stream().map(Field::text).toList();
    }

    /** Returns the numbers of a field, which may be packed. */
    List<Long> numbers(int id) {
        List<Long> numbers = new ArrayList<>();
        for (Field field : all(id)) {
            if (field.bytes() == null) {
                numbers.add(field.number());
            } else {
                for (ByteBuffer packed = field.bytes().duplicate(); packed.hasRemaining();) {
                    numbers.add(varint(packed));
                }
            }
        }
        return numbers;
    }

    private static ByteBuffer take(ByteBuffer in, int bytes) {
        ByteBuffer taken = in.slice(in.position(), bytes);
        in.position(in.position() + bytes);
        return taken;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = in.get();
            value |= (next & 127L) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
