"""Code for the tests of similarity: a solution, the same in disguise, and others."""

from saem.lib.similarity import Work

READ = """\
import csv

def read_rows(path):
    rows = []
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["count"] == "":
                continue
            row["count"] = int(row["count"])
            rows.append(row)
    return rows
"""
MEANS = """\
sums, counts = {}, {}
for row in read_rows("bikes.csv"):
    hour = int(row["hour"])
    sums[hour] = sums.get(hour, 0) + row["count"]
    counts[hour] = counts.get(hour, 0) + 1
means = {hour: sums[hour] / counts[hour] for hour in sums}
"""
BEST = """\
best = max(means, key=means.get)
print(f"best hour {best}", round(means[best], 1))
for place, hour in enumerate(sorted(means, key=lambda hour: -means[hour])[:3], start=1):
    print(place, hour, means[hour])
"""
# The same as READ, MEANS and BEST: renamed, other constants, comments, layout.
DISGUISED_READ = """\
# my own reading
def 자료_읽기(filename):
    '''Reads.'''
    out = []   # the result
    with open(filename, encoding='cp949') as f:
        for r in csv.DictReader(f):

            if r['n'] == 'none':
                continue
            r['n'] = int(r['n'])
            out.append(r,)
    return out
"""
DISGUISED_MEANS = """\
total, number = {}, {}
for line in 자료_읽기(
    'x.csv'
):
    key = int(line['h']); total[key] = total.get(key, 5) + line['n']
    number[key] = number.get(key, 7) + 3
result = {
    key: total[key] / number[key]
    for key in total
}
"""
DISGUISED_BEST = """\
top = max(result, key=result.get)
print('the top', round(result[top], 2))
for i, k in enumerate(sorted(result, key=lambda k: -result[k])[:5], start=0):
    print(i, k, result[k])
"""
OTHER = """\
import pandas as pd
table = pd.read_csv("bikes.csv").dropna(subset=["count"])
grouped = table.groupby("hour")["count"].mean().round(1)
print(grouped.nlargest(3))
grouped.plot(kind="bar", title="hours")
fit = table[["temp", "count"]].corr().iloc[0, 1]
assert -1 <= fit <= 1, fit
while grouped.max() > 1000:
    grouped = grouped / 10
"""


def work(name: str, *cells: str, owner: str = "") -> Work:
    return Work(id=name, owner=owner or f"team-{name}", cells=cells)


def original(name: str = "original") -> Work:
    return work(name, READ, MEANS, BEST)
