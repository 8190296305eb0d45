import json


def judge(results):
    pass


def show(results):
    print(json.dumps(results, indent=1)[:20000])
