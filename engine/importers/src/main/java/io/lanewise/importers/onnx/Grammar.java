package io.lanewise.importers.onnx;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What exporters make of an encoder's parts. A new form is a line. Operands of sums and products may come in either order.
 *
 * <p>Weights called {@code weight} are {@code [out, in]} as PyTorch has them, {@code transposed} ones {@code [in, out]}; where there
 * is a {@code scale}, they are whole numbers to be multiplied with it.
 */
final class Grammar {

    static final Map<String, Rule> ENCODERS = Stream.of(

            // ------------------------------------------------ weights
            Rule.of("linear(x)",
                    "Add(MatMul(x, @transposed), @bias)",
                    "Add(MatMul(x, Transpose[1,0](@weight)), @bias)",
                    "Gemm[0](x, @transposed, @bias)",
                    "Gemm[1](x, @weight, @bias)",
                    "Add(Mul(Cast(integerProduct(x)), Mul(DynamicQuantizeLinear.1(x), @scale)), @bias)",
                    "Add(MatMul(x, DequantizeLinear(@transposed, @scale, @zero)), @bias)",
                    "Add(MatMul(x, DequantizeLinear(@transposed, @scale)), @bias)"),
            Rule.of("integerProduct(x)",
                    "MatMulInteger(DynamicQuantizeLinear(x), @transposed, DynamicQuantizeLinear.2(x), @zero)",
                    "MatMulInteger(DynamicQuantizeLinear(x), @transposed, DynamicQuantizeLinear.2(x))"),
            Rule.of("table()",
                    "Gather[0](@weight, ~index)",
                    "DequantizeLinear(Gather[0](@weight, ~index), @scale, @zero)",
                    "DequantizeLinear(Gather[0](@weight, ~index), @scale)",
                    "Gather[0](DequantizeLinear(@weight, @scale, @zero), ~index)"),

            // ------------------------------------------------ layer norm
            Rule.of("norm(x)",
                    "Add(Mul(Div(d=centred(x), deviation(d)), @weight), @bias)",
                    "Add(Mul(Mul(d=centred(x), Reciprocal(deviation(d))), @weight), @bias)",
                    "LayerNormalization[-1](x, @weight, @bias)"),
            Rule.of("centred(x)",
                    "Sub(x, mean(x))"),
            Rule.of("mean(x)",
                    "ReduceMean[-1](x)",
                    "ReduceMean[-1](x, #axes)"),
            Rule.of("deviation(d)",
                    "Sqrt(Add(mean(Pow(d, 2)), #epsilon))",
                    "Sqrt(Add(mean(Mul(d, d)), #epsilon))"),

            // ------------------------------------------------ activations, called as in config.json
            Rule.of("act(x)",
                    "gelu=erfGelu(x)",
                    "gelu_pytorch_tanh=tanhGelu(x)",
                    "relu=Relu(x)",
                    "tanh=Tanh(x)",
                    "silu=Mul(x, Sigmoid(x))"),
            Rule.of("erfGelu(x)",
                    "Mul(Mul(x, twicePhi(x)), 0.5)",
                    "Mul(Mul(x, 0.5), twicePhi(x))",
                    "Mul(x, Mul(twicePhi(x), 0.5))",
                    "Gelu[none](x)"),
            Rule.of("twicePhi(x)",
                    "Add(Erf(Div(x, 1.4142135)), 1)",
                    "Add(Erf(Mul(x, 0.70710677)), 1)"),
            Rule.of("tanhGelu(x)",
                    "Mul(Mul(x, 0.5), Add(Tanh(inTanh(x)), 1))",
                    "Mul(Mul(x, Add(Tanh(inTanh(x)), 1)), 0.5)",
                    "Mul(x, Mul(Add(Tanh(inTanh(x)), 1), 0.5))",
                    "Gelu[tanh](x)"),
            Rule.of("inTanh(x)",
                    "Mul(Add(x, Mul(cube(x), 0.044715)), 0.7978846)",
                    "Mul(Mul(x, 0.7978846), Add(Mul(Mul(x, 0.044715), x), 1))"),
            Rule.of("cube(x)",
                    "Pow(x, 3)",
                    "Mul(Mul(x, x), x)",
                    "Mul(x, Mul(x, x))"),

            // ------------------------------------------------ attention
            Rule.of("attention(h)",
                    "Reshape(Transpose[0,2,1,3](MatMul(shares(h), values=heads(value=linear(h)))), ~merged)"),
            Rule.of("heads(x)",
                    "Transpose[0,2,1,3](Reshape(x, ~split))"),
            Rule.of("transposedHeads(x)",
                    "Transpose[0,2,3,1](Reshape(x, ~split))",
                    "Transpose[0,1,3,2](heads(x))"),
            Rule.of("shares(h)",
                    "Softmax[-1](masked(h))",
                    "Where(IsNaN(s), #nan, s=Softmax[-1](masked(h)))"),
            Rule.of("masked(h)",
                    "Add(scaled(h), ~mask)",
                    "Where(~hidden, ~lowest, scaled(h))",
                    "Where(~visible, scaled(h), ~lowest)",
                    "Add(Add(scaled(h), relative()), ~mask)",
                    "Add(scaled(h), Add(relative(), ~mask))"),
            Rule.of("scaled(h)",
                    "Div(products(h), ~divisor)",
                    "Mul(products(h), ~factor)",
                    "products(h)"),
            Rule.of("products(h)",
                    "MatMul(queries(h), keys(h))"),
            Rule.of("queries(h)",
                    "Div(heads=heads(query=linear(h)), ~divisor)",
                    "Mul(heads=heads(query=linear(h)), ~factor)",
                    "heads=heads(query=linear(h))"),
            Rule.of("keys(h)",
                    "Mul(keys=transposedHeads(key=linear(h)), ~factor)",
                    "keys=transposedHeads(key=linear(h))"),
            Rule.of("relative()",
                    "Expand(buckets(), ~expanded)",
                    "buckets()"),
            Rule.of("buckets()",
                    "Unsqueeze(Transpose[2,0,1](relative=table()), ~axes)",
                    "Unsqueeze(Transpose[2,0,1](relative=table()))"),

            // ------------------------------------------------ the encoder
            Rule.of("layer(h)",
                    "output.norm=norm(Add(output=linear(act(intermediate=linear(a))), "
                            + "a=attention.norm=norm(Add(attention.output=linear(attention(h)), h))))"),
            Rule.of("embeddings()",
                    "norm=norm(Add(Add(first=table(), second=table()), third=table()))",
                    "norm=norm(Add(first=table(), second=table()))",
                    "projection=linear(norm=norm(Add(Add(first=table(), second=table()), third=table())))"),

            // ------------------------------------------------ what stands on it
            Rule.of("first(h)",
                    "Gather[1](h, 0)"),
            Rule.of("pooler(h)",
                    "Tanh(dense=linear(first(h)))"),
            Rule.of("sequenceLogits(h)",
                    "classifier=linear(act(dense=linear(first(h))))"),
            Rule.of("tokenLogits(h)",
                    "classifier=linear(h)"),
            Rule.of("sentence(h)",
                    "normalized=normalized(pooled(h))",
                    "pooled(h)"),
            Rule.of("pooled(h)",
                    "mean=Div(sum(Mul(h, ~shown)), ~counts)",
                    "cls=first(h)"),
            Rule.of("sum(x)",
                    "ReduceSum[1](x, #axes)",
                    "ReduceSum[1](x)"),
            Rule.of("normalized(x)",
                    "Div(x, Expand(length(x), ~expanded))",
                    "Div(x, length(x))",
                    "LpNormalization[-1](x)"),
            Rule.of("length(x)",
                    "Clip(l2(x), #lowest)",
                    "Max(l2(x), #lowest)",
                    "l2(x)"),
            Rule.of("l2(x)",
                    "ReduceL2[-1](x)",
                    "ReduceL2[-1](x, #axes)",
                    "ReduceL2[1](x)",
                    "ReduceL2[1](x, #axes)"))
            .collect(Collectors.toUnmodifiableMap(Rule::name, Function.identity()));

    private Grammar() {}
}
