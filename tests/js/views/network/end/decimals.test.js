import assert from "node:assert/strict";
import { test } from "node:test";
import {
  padsOf,
  restOf,
  roundedTo,
  shortest,
  totalOf,
} from "../../../../../static/views/network/end/decimals.js";

test("printed numbers are added without rounding", () => {
  assert.equal(totalOf(["0.1", "0.2"]), "0.3");
  assert.equal(totalOf(["1e-7", "-3", "0.25"]), "-2.7499999");
  assert.equal(totalOf(["12", "1.5e3"]), "1512");
  assert.equal(totalOf([]), "0");
  assert.equal(restOf("6.25109086578", ["1", "-0.00000000002"]), "5.2510908658");
  assert.equal(restOf("-1", ["-1"]), "0");
});

test("a float32 is printed with as few digits as tell it from its neighbours", () => {
  assert.equal(shortest(Math.fround(0.1)), "0.1");
  assert.equal(shortest(0.15997208654880524), "0.15997209");
  assert.equal(shortest(Math.fround(1.2e-9)), "0.0000000012");
  assert.equal(shortest(16777216), "16777216");
  assert.equal(shortest(0), "0");
});

test("rounding goes to the nearest, halves away from zero", () => {
  assert.equal(roundedTo("0.12345", 4), "0.1235");
  assert.equal(roundedTo("-0.12345", 4), "-0.1235");
  assert.equal(roundedTo("0.12344999", 4), "0.1234");
  assert.equal(roundedTo("7", 4), "7");
});

test("a column's points stand under one another", () => {
  assert.deepEqual(padsOf(["1", "0.25", "12.5"]), [".00", "", "0"]);
  assert.deepEqual(padsOf(["1", "22"]), ["", ""]);
});
