package io.lanewise.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A weight file that is right but for a few mutations, all of them chosen by the fuzzer's data. */
public final class MutatedFile {

    private static final String[] NUMBERS = {"-0", "-1", "00", "1.0", "1e2", "9223372036854775807",
            "9223372036854775808", "4294967296", "null", "true", "\"1\"", "[]", "{}"};
    /** Types whose elements are whole bytes. */
    private static final TensorType[] PICKED = {TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.F64,
            TensorType.I64, TensorType.I32, TensorType.BOOL, TensorType.U8, TensorType.F8_E4M3};
    private static final String[] TYPES = {"U8", "F8_E4M3", "f32", "F33", "", "F\\u0033\\u0032"};

    private final FuzzedDataProvider data;
    private final List<Member> members = new ArrayList<>();
    private byte[] bytes;
    private int mutations;

    /** One member of the header's object, in pieces of JSON. */
    private static final class Member {
        String name;
        String type;
        String shape;
        String offsets;
        String other = "";

        @Override
        public String toString() {
            return type == null
                    ? name + ":" + other
                    : name + ":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + other
                            + "}";
        }
    }

    /**
     * Makes a file.
     *
     * @param names what its tensors may be called
     */
    public MutatedFile(FuzzedDataProvider data, String... names) {
        this.data = data;
        this.mutations = data.consumeInt(0, 3);
        List<String> free = new ArrayList<>(List.of(names));
        int tensors = data.consumeInt(0, names.length);
        int end = 0;
        for (int i = 0; i < tensors; i++) {
            end = addTensor(free.remove(data.consumeInt(0, free.size() - 1)), end);
        }
        if (data.consumeBoolean()) {
            addMetadata();
        }
        bytes = mutated(end);
    }

    /** Says whether the file is as it should be. */
    public boolean isGood() {
        return mutations == 0;
    }

    /** Returns the file. */
    public byte[] bytes() {
        return bytes;
    }

    private int addTensor(String name, int begin) {
        TensorType type = TensorType.F32;
        List<Long> shape = new ArrayList<>(List.of(2L, 3L, 3L));
        if (name.endsWith("lengths")) {
            type = TensorType.I64;
            shape = List.of(2L);
        }
        if (data.consumeBoolean()) {
            type = data.pickValue(PICKED);
            shape = shape();
        }
        int end = begin + (int) type.bytesOf(shape);
        Member member = new Member();
        member.name = "\"" + name + "\"";
        member.type = "\"" + type + "\"";
        member.shape = shape.toString();
        member.offsets = "[" + begin + "," + end + "]";
        members.add(member);
        return end;
    }

    private List<Long> shape() {
        List<Long> shape = new ArrayList<>();
        for (int axes = data.consumeInt(0, 3); axes > 0; axes--) {
            shape.add(data.consumeLong(0, 4));
        }
        return shape;
    }

    private void addMetadata() {
        Member member = new Member();
        member.name = "\"__metadata__\"";
        member.other = "{\"k\":\"v\",\"\\u00e9\\ud83d\\ude00\":\"\"}";
        members.add(data.consumeInt(0, members.size()), member);
    }

    private byte[] mutated(int dataBytes) {
        for (int i = 0; i < mutations && !members.isEmpty(); i++) {
            mutate(data.pickValue(members));
        }
        byte[] header = damaged(("{" + String.join(",", members.stream().map(Member::toString).toList()) + "}"
                + " ".repeat(data.consumeInt(0, 8))).getBytes(UTF_8));
        long claimed = header.length;
        int held = dataBytes;
        if (mutations > 0) {
            claimed += data.consumeInt(-2, 2);
            held = Math.max(0, held + data.consumeInt(-2, 2));
        }
        byte[] values = new byte[held];
        byte[] given = mutations > 0 ? data.consumeRemainingAsBytes() : new byte[0];
        System.arraycopy(given, 0, values, 0, Math.min(given.length, held));
        return FileBytes.withLength(claimed, header, values);
    }

    private void mutate(Member member) {
        switch (data.consumeInt(0, 9)) {
            case 0 -> member.offsets = "[" + number() + "," + number() + "]";
            case 1 -> member.shape = "[" + number() + ",1".repeat(data.consumeInt(0, 70)) + "]";
            case 2 -> member.type = data.consumeBoolean() ? number() : "\"" + data.pickValue(TYPES) + "\"";
            case 3 -> member.name = data.pickValue(members).name;
            case 4 -> member.name = string();
            case 5 -> member.other = ",".repeat(data.consumeInt(0, 1)) + string() + ":" + number();
            case 6 -> member.shape = nested(member.shape);
            case 7 -> member.other = nested(string());
            case 8 -> member.type = member.type == null ? "" : null;
            default -> Collections.swap(members, 0, members.indexOf(member));
        }
    }

    private String number() {
        return data.consumeBoolean() ? Long.toString(data.consumeLong()) : data.pickValue(NUMBERS);
    }

    /** Returns a string of JSON; the fuzzer may close it early, escape what there is not, or leave half a pair. */
    private String string() {
        String text = data.consumeString(12);
        return "\"" + (data.consumeBoolean() ? text : "\\u%04x".formatted(data.consumeInt(0, 0xffff)) + text) + "\"";
    }

    private String nested(String text) {
        int depth = data.consumeInt(0, 1200);
        return data.consumeBoolean()
                ? "[".repeat(depth) + text + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + text + "}".repeat(depth);
    }

    private byte[] damaged(byte[] header) {
        for (int i = mutations == 0 ? 0 : data.consumeInt(0, 3); i > 0; i--) {
            header[data.consumeInt(0, header.length - 1)] = data.consumeByte();
        }
        return header;
    }
}
