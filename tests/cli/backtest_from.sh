memcycle backtest --from FQ3-25
